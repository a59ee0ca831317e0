package io.github.sesquill.local;

import io.github.sesquill.test.engine.SelfSigned;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.concurrent.Semaphore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A port that speaks SMTP as SES does, with TLS from the first byte or by STARTTLS. */
final class SmtpDoor implements Listener.Conversation {

    /** What SES gives a client that says nothing (reported, not documented). */
    private static final int SILENCE_MILLIS = 10_000;

    /** How many messages are being read at once, whoever sends them: each may be large. */
    private static final int READ_AT_ONCE = 8;

    private final Post post;
    private final SmtpPassword password;
    private final SSLSocketFactory tls;
    private final Semaphore room;
    private final boolean implicit;

    private SmtpDoor(Post post, SmtpPassword password, SSLSocketFactory tls, Semaphore room, boolean implicit) {
        this.post = post;
        this.password = password;
        this.tls = tls;
        this.room = room;
        this.implicit = implicit;
    }

    static SmtpDoor withStartTls(Post post, SmtpPassword password, SelfSigned certificate) {
        return new SmtpDoor(post, password, factory(certificate), new Semaphore(READ_AT_ONCE, true), false);
    }

    /** Returns the same with TLS from the first byte. */
    SmtpDoor implicit() {
        return new SmtpDoor(post, password, tls, room, true);
    }

    private static SSLSocketFactory factory(SelfSigned certificate) {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry("smtp", certificate.key(), new char[0], new Certificate[] {certificate.certificate()});
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("This JDK cannot do TLS with a certificate of its own.", e);
        }
    }

    @Override
    public void hold(Socket socket) throws IOException {
        socket.setSoTimeout(SILENCE_MILLIS);
        if (!implicit) {
            new SmtpSession(this, socket, false).talk();
            return;
        }
        try (Socket secured = secured(socket)) {
            new SmtpSession(this, secured, true).talk();
        }
    }

    /** Does the handshake on a connection. */
    Socket secured(Socket socket) throws IOException {
        SSLSocket secured = (SSLSocket) tls.createSocket(socket, null, socket.getPort(), true);
        secured.setUseClientMode(false);
        secured.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        secured.startHandshake();
        return secured;
    }

    @Override
    public void turnAway(Socket socket) throws IOException {
        if (!implicit) {
            socket.getOutputStream()
                    .write("421 Too many concurrent SMTP connections\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    Post post() {
        return post;
    }

    SmtpPassword password() {
        return password;
    }

    Semaphore room() {
        return room;
    }
}
