package io.github.sesquill.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Says to an SMTP server whatever a test wants. */
final class SmtpClient implements AutoCloseable {

    private final LocalSes ses;
    private Socket socket;
    private BufferedReader in;
    private OutputStream out;

    SmtpClient(LocalSes ses) throws IOException {
        this.ses = ses;
        use(new Socket(InetAddress.getLoopbackAddress(), ses.smtpPort()));
        reply();
    }

    /** Opens one that has logged in. */
    static SmtpClient loggedIn(LocalSes ses) throws Exception {
        SmtpClient client = new SmtpClient(ses);
        client.startTls();
        client.say("EHLO test");
        client.say("AUTH PLAIN " + client.credentials());
        return client;
    }

    String credentials() {
        String plain = "\0" + ses.smtpUser() + "\0" + ses.smtpPassword();
        return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    private void use(Socket connected) throws IOException {
        socket = connected;
        socket.setSoTimeout(30_000);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        out = socket.getOutputStream();
    }

    void startTls() throws Exception {
        say("EHLO test");
        say("STARTTLS");
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustingAnybody()}, null);
        use(context.getSocketFactory().createSocket(socket, "localhost", ses.smtpPort(), true));
    }

    /** Says a line and returns the reply. */
    String say(String line) throws IOException {
        write(line + "\r\n");
        return reply();
    }

    void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** Returns the lines of a reply. */
    String reply() throws IOException {
        List<String> lines = new ArrayList<>();
        String line = in.readLine();
        while (line != null && line.length() > 3 && line.charAt(3) == '-') {
            lines.add(line);
            line = in.readLine();
        }
        lines.add(String.valueOf(line));
        return String.join("\n", lines);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static final class TrustingAnybody implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
