package io.github.sesquill.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Postfix on loopback with an own configuration and queue: TLS with a certificate made for it, and SASL. It keeps what it
 * takes in its hold queue, one file a message under the id that it answered with.
 */
final class Postfix implements AutoCloseable {

    static final String USER = "sender";
    static final String PASSWORD = "canary-postfix";
    private static final String REALM = "mail.test.example";

    private final Path folder;
    private final int tlsPort;
    private final int startTlsPort;

    private Postfix(Path folder, int tlsPort, int startTlsPort) {
        this.folder = folder;
        this.tlsPort = tlsPort;
        this.startTlsPort = startTlsPort;
    }

    /** Sets it up in a folder that its own users must be able to enter, and starts it. */
    static Postfix start(Path folder) throws IOException, InterruptedException {
        if (!Files.exists(Path.of("/usr/sbin/postfix")) || !Files.exists(Path.of("/usr/sbin/saslpasswd2"))) {
            throw new IllegalStateException("Postfix is not there; install postfix, sasl2-bin, libsasl2-modules and"
                    + " libsasl2-modules-db, as .ci/run does.");
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Postfix postfix = new Postfix(folder, freePort(), freePort());
        postfix.configure();
        postfix.start();
        return postfix;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void configure() throws IOException, InterruptedException {
        Path conf = Files.createDirectories(folder.resolve("conf"));
        Files.createDirectories(folder.resolve("queue"));
        run("chown", "postfix", Files.createDirectories(folder.resolve("data")).toString());
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost",
                "-keyout",
                conf.resolve("key.pem").toString(),
                "-out",
                conf.resolve("cert.pem").toString());
        // Whoever of its users finds the log's own process dead writes there.
        Path log = Files.createFile(folder.resolve("log"));
        Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-rw-rw-"));
        Path sasl = Files.createDirectories(conf.resolve("sasl"));
        Path users = sasl.resolve("users.db");
        Files.writeString(
                sasl.resolve("smtpd.conf"),
                "pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\nsasldb_path: " + users
                        + "\n");
        runWithInput(PASSWORD, "saslpasswd2", "-p", "-c", "-f", users.toString(), "-u", REALM, USER);
        run("chown", "postfix", users.toString());
        Files.writeString(conf.resolve("main.cf"), main(conf));
        Files.writeString(conf.resolve("master.cf"), master());
    }

    private String main(Path conf) {
        return """
                compatibility_level = 3.6
                queue_directory = FOLDER/queue
                data_directory = FOLDER/data
                daemon_directory = /usr/lib/postfix/sbin
                maillog_file = FOLDER/log
                maillog_file_prefixes = FOLDER
                myhostname = REALM
                mydestination =
                inet_interfaces = 127.0.0.1
                inet_protocols = ipv4
                alias_maps =
                smtpd_tls_cert_file = CONF/cert.pem
                smtpd_tls_key_file = CONF/key.pem
                smtpd_tls_security_level = encrypt
                smtpd_tls_auth_only = yes
                smtpd_sasl_auth_enable = yes
                smtpd_sasl_path = smtpd
                smtpd_sasl_local_domain = REALM
                cyrus_sasl_config_path = CONF/sasl
                smtpd_relay_restrictions = permit_sasl_authenticated, reject
                smtpd_recipient_restrictions = check_recipient_access static:HOLD, permit_sasl_authenticated, reject
                message_size_limit = 41943040
                """.replace("FOLDER", folder.toString())
                .replace("CONF", conf.toString())
                .replace("REALM", REALM);
    }

    private String master() {
        return """
                127.0.0.1:TLSPORT inet n - n - - smtpd
                  -o smtpd_tls_wrappermode=yes
                127.0.0.1:STARTPORT inet n - n - - smtpd
                cleanup unix n - n - 0 cleanup
                qmgr unix n - n 300 1 qmgr
                tlsmgr unix - - n 1000? 1 tlsmgr
                rewrite unix - - n - - trivial-rewrite
                bounce unix - - n - 0 bounce
                defer unix - - n - 0 bounce
                trace unix - - n - 0 bounce
                proxymap unix - - n - - proxymap
                anvil unix - - n - 1 anvil
                error unix - - n - - error
                retry unix - - n - - error
                postlog unix-dgram n - n - 1 postlogd
                """.replace("TLSPORT", String.valueOf(tlsPort)).replace("STARTPORT", String.valueOf(startTlsPort));
    }

    /** Starts it, again perhaps, and returns when it takes connections. */
    void start() throws IOException, InterruptedException {
        run("postfix", "-c", folder.resolve("conf").toString(), "start");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!(accepts(tlsPort) && accepts(startTlsPort))) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("Postfix does not run: " + Files.readString(folder.resolve("log")));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Kills its master and everything that the master has started, in the middle of whatever they do. */
    void kill() throws IOException {
        String pid = Files.readString(folder.resolve("queue/pid/master.pid")).strip();
        List<ProcessHandle> all = new ArrayList<>();
        ProcessHandle.of(Long.parseLong(pid)).ifPresent(master -> {
            all.add(master);
            master.descendants().forEach(all::add);
        });
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(folder.resolve("queue/pid/master.pid"))) {
            kill();
        }
    }

    /** The port on which TLS begins with the first byte. */
    int tlsPort() {
        return tlsPort;
    }

    /** The port on which TLS begins with STARTTLS. */
    int startTlsPort() {
        return startTlsPort;
    }

    /** Trusts its certificate and no other. */
    SSLContext trusted() throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (var in = Files.newInputStream(folder.resolve("conf/cert.pem"))) {
            trusted.setCertificateEntry(
                    "postfix", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    /** Returns all that it keeps, by the id it gave, as its own tool prints it. */
    Map<String, String> messages() throws IOException, InterruptedException {
        List<Path> files;
        try (Stream<Path> held = Files.walk(folder.resolve("queue/hold"))) {
            files = held.filter(Files::isRegularFile).toList();
        }
        Map<String, String> messages = new TreeMap<>();
        for (int from = 0; from < files.size(); from += 200) {
            List<String> command = new ArrayList<>(
                    List.of("postcat", "-c", folder.resolve("conf").toString()));
            List<Path> some = files.subList(from, Math.min(files.size(), from + 200));
            some.forEach(file -> command.add(file.toString()));
            String[] printed = run(command.toArray(String[]::new)).split("\\*\\*\\* MESSAGE CONTENTS ", -1);
            for (int i = 0; i < some.size(); i++) {
                String message = printed[i + 1].split("\\*\\*\\* HEADER EXTRACTED ", 2)[0];
                messages.put(some.get(i).getFileName().toString(), message);
            }
        }
        return messages;
    }

    private static String run(String... command) throws IOException, InterruptedException {
        return runWithInput("", command);
    }

    private static String runWithInput(String input, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().merge("PATH", "/usr/sbin:/sbin", (path, more) -> path + ':' + more);
        Path output = Files.createTempFile("postfix", ".out");
        try {
            // A file, for a daemon keeps a pipe open that nobody then sees the end of.
            Process process = builder.redirectOutput(output.toFile()).start();
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            int status = process.waitFor();
            String said = Files.readString(output, StandardCharsets.ISO_8859_1);
            if (status != 0) {
                throw new IllegalStateException(command[0] + " ended with " + status + ": " + said);
            }
            return said;
        } finally {
            Files.delete(output);
        }
    }
}
