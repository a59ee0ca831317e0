package io.github.sesquill.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** A certificate made by keytool, and whoever trusts it. */
record KeyStores(Path file) {

    private static final String PASSWORD = "changeit";

    /** Makes a certificate for this name that is valid from a day on for so many days, under an authority of its own. */
    static KeyStores make(Path folder, String name, String start, int days) throws Exception {
        KeyStores made = new KeyStores(folder.resolve(name + start + ".p12"));
        made.keytool("-alias", "ca", "-dname", "CN=ca", "-ext", "bc:c");
        made.keytool(
                "-alias",
                "ses",
                "-signer",
                "ca",
                "-dname",
                "CN=ses",
                "-ext",
                "san=dns:" + name,
                "-startdate",
                start,
                "-validity",
                String.valueOf(days));
        return made;
    }

    private void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-storetype", "PKCS12"));
        command.addAll(List.of("-keystore", file.toString(), "-storepass", PASSWORD));
        command.addAll(List.of(arguments));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), Charset.defaultCharset());
        assertThat(keytool.waitFor()).as(said).isZero();
    }

    private KeyStore keys() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    ServerSocketFactory serving() throws Exception {
        KeyStore own = keys();
        // The server must not present the authority, which is valid.
        own.deleteEntry("ca");
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(own, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getServerSocketFactory();
    }

    TrustManager[] trusting() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", keys().getCertificate("ca"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        return managers.getTrustManagers();
    }
}
