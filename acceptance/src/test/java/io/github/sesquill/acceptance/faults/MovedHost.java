package io.github.sesquill.acceptance.faults;

import io.github.sesquill.RetryPolicy;
import io.github.sesquill.SesMailer;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.smtp.SmtpCredentials;
import io.github.sesquill.smtp.SmtpTransport;
import io.github.sesquill.transport.EmailTransport;
import io.github.sesquill.transport.SendOutcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;

/**
 * Sends to a name whose address goes away and that then gets another, in a JVM of its own for what a JVM keeps of DNS:
 * {@code smtp|api SECONDS}, and its names in the file that {@code jdk.net.hosts.file} says. Prints each outcome.
 */
final class MovedHost {

    private static final String NAME = "ses.example";

    private MovedHost() {}

    /** What listens at an address. */
    private record Server(int port, AutoCloseable listener) {}

    private interface Way {

        Server listen(InetSocketAddress address) throws IOException;

        EmailTransport to(int port);
    }

    public static void main(String[] arguments) throws Exception {
        Security.setProperty("networkaddress.cache.ttl", arguments[1]);
        Way way = arguments[0].equals("smtp") ? new BySmtp() : new ByApi();
        Server old = way.listen(new InetSocketAddress(loopback(2), 0));
        Server next = way.listen(new InetSocketAddress(loopback(3), old.port));
        try (SesMailer mailer = SesMailer.builder(way.to(old.port))
                .quota(SendingQuota.perSecond(100))
                .retry(RetryPolicy.none())
                .build()) {
            pointTo("127.0.0.2");
            send(mailer);
            old.listener.close();
            send(mailer);
            pointTo("127.0.0.3");
            while (!(send(mailer) instanceof SendOutcome.Sent)) {
                // The JVM keeps the old address for as long as it was told.
            }
        }
        next.listener.close();
    }

    private static InetAddress loopback(int last) throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    private static void pointTo(String address) throws IOException {
        Files.writeString(Path.of(System.getProperty("jdk.net.hosts.file")), address + ' ' + NAME + '\n');
    }

    private static SendOutcome send(SesMailer mailer) {
        SendOutcome outcome = mailer.trySend(Fault.message("n1", 10));
        System.out.println(outcome);
        return outcome;
    }

    private static final class BySmtp implements Way {

        @Override
        public Server listen(InetSocketAddress address) throws IOException {
            FaultySmtp server = FaultySmtp.start(address, (subject, attempt) -> {}, moment -> false)
                    .answering(place -> null, "250 AUTH PLAIN LOGIN");
            return new Server(server.port(), server);
        }

        @Override
        public EmailTransport to(int port) {
            return SmtpTransport.host(NAME)
                    .port(port)
                    .withoutTls()
                    .credentials(SmtpCredentials.of("user", "canary"))
                    .build();
        }
    }

    private static final class ByApi implements Way {

        /** A connection that is kept would only show that it is dead by now. */
        @Override
        public Server listen(InetSocketAddress address) throws IOException {
            FaultyServer server = FaultyServer.start(address).otherwise(FaultyServer.sent("Connection: close"));
            return new Server(server.port(), server);
        }

        @Override
        public EmailTransport to(int port) {
            return Fault.of("", "").transport(URI.create("http://" + NAME + ':' + port));
        }
    }
}
