package io.github.sesquill.benchmarks;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.simplejavamail.api.email.Email;
import org.simplejavamail.api.mailer.Mailer;
import org.simplejavamail.api.mailer.config.TransportStrategy;
import org.simplejavamail.email.EmailBuilder;
import org.simplejavamail.mailer.MailerBuilder;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** The same small mail as others send it, each at its best, and the bare round trips that SMTP cannot do without. */
final class SmtpPeers {

    private SmtpPeers() {}

    /** Spares Angus the look-ups by which it else spends most of its time. */
    static void tuneAngus() {
        System.setProperty("jakarta.mail.util.StreamProvider", "org.eclipse.angus.mail.util.MailStreamProvider");
        System.setProperty(
                "jakarta.activation.spi.MailcapRegistryProvider",
                "org.eclipse.angus.activation.MailcapRegistryProviderImpl");
        System.setProperty(
                "jakarta.activation.spi.MimeTypeRegistryProvider",
                "org.eclipse.angus.activation.MimeTypeRegistryProviderImpl");
    }

    static Session session(int port) {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", "127.0.0.1");
        properties.setProperty("mail.smtp.port", String.valueOf(port));
        properties.setProperty("mail.smtp.localhost", "localhost");
        return Session.getInstance(properties);
    }

    static MimeMessage write(MimeMessage message) throws MessagingException {
        message.setFrom(new InternetAddress(SampleMail.FROM));
        message.setRecipient(RecipientType.TO, new InternetAddress(SampleMail.TO));
        message.setSubject(SampleMail.SUBJECT, "UTF-8");
        MimeBodyPart text = new MimeBodyPart();
        text.setText(SampleMail.TEXT, "UTF-8");
        MimeBodyPart html = new MimeBodyPart();
        html.setText(SampleMail.HTML, "UTF-8", "html");
        message.setContent(new MimeMultipart("alternative", text, html));
        message.setHeader("X-SES-MESSAGE-TAGS", "kind=receipt");
        message.saveChanges();
        return message;
    }

    /** Angus with one connection for each thread, kept. */
    static Variant.Operation angus(int port, int batch) {
        Session session = session(port);
        ThreadLocal<Transport> transports = ThreadLocal.withInitial(() -> connected(session));
        return () -> {
            for (int i = 0; i < batch; i++) {
                MimeMessage message = write(new MimeMessage(session));
                transports.get().sendMessage(message, message.getAllRecipients());
            }
        };
    }

    private static Transport connected(Session session) {
        try {
            Transport transport = session.getTransport("smtp");
            transport.connect();
            return transport;
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Spring with one connection for each array of messages. */
    static Variant.Operation spring(int port, int batch) {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(port);
        sender.getJavaMailProperties().setProperty("mail.smtp.localhost", "localhost");
        return () -> {
            MimeMessage[] messages = new MimeMessage[batch];
            for (int i = 0; i < batch; i++) {
                messages[i] = write(sender.createMimeMessage());
            }
            sender.send(messages);
        };
    }

    /** Simple Java Mail with the pool of its batch module. */
    static Variant.Operation simpleJavaMail(int port, int batch, int connections) {
        Mailer mailer = MailerBuilder.withSMTPServer("127.0.0.1", port)
                .withTransportStrategy(TransportStrategy.SMTP)
                .withConnectionPoolCoreSize(connections)
                .withConnectionPoolMaxSize(connections)
                .buildMailer();
        return () -> {
            for (int i = 0; i < batch; i++) {
                Email email = EmailBuilder.startingBlank()
                        .from(SampleMail.FROM)
                        .to(SampleMail.TO)
                        .withSubject(SampleMail.SUBJECT)
                        .withPlainText(SampleMail.TEXT)
                        .withHTMLText(SampleMail.HTML)
                        .withHeader("X-SES-MESSAGE-TAGS", "kind=receipt")
                        .buildEmail();
                mailer.sendMail(email).join();
            }
        };
    }

    /** Questions and answers in turn on a bare socket, of which a message takes four or two at least. */
    static Variant.Operation roundTrips(int port, int count) {
        ThreadLocal<PingPong> sockets = ThreadLocal.withInitial(() -> PingPong.to(port));
        return () -> {
            for (int i = 0; i < count; i++) {
                sockets.get().ping();
            }
        };
    }

    private record PingPong(OutputStream out, BufferedReader in) {

        private static final byte[] PING = "NOOP\r\n".getBytes(StandardCharsets.US_ASCII);

        @SuppressWarnings("resource") // it lives as long as its thread
        static PingPong to(int port) {
            try {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                socket.setTcpNoDelay(true);
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                in.readLine();
                return new PingPong(socket.getOutputStream(), in);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        void ping() throws IOException {
            out.write(PING);
            if (in.readLine() == null) {
                throw new IOException("The server went.");
            }
        }
    }
}
