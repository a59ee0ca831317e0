package io.github.sesquill.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.transport.SendOutcome.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the ports of SES require before anything is said on them. */
class PortsTest {

    private static final String NAMES = "dns:localhost";

    private final AtomicInteger asked = new AtomicInteger();

    /** Goes to the server of the test, whatever port it is told to. */
    private Socket leadingTo(ScriptedSmtp server) {
        return new Socket() {
            @Override
            public void connect(SocketAddress address, int timeout) throws IOException {
                asked.set(((InetSocketAddress) address).getPort());
                super.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), timeout);
            }
        };
    }

    private SmtpTransport.Builder to(ScriptedSmtp server) {
        return SmtpTransport.host("localhost")
                .sslContext(TestKeys.trusting(NAMES))
                .credentials(SmtpCredentials.of("user", "canary"))
                .sockets(() -> leadingTo(server));
    }

    @ParameterizedTest
    @ValueSource(ints = {25, 587, 2587})
    void requireStartTls(int port) throws IOException {
        try (ScriptedSmtp server = ScriptedSmtp.start();
                SmtpTransport transport = to(server).port(port).build()) {
            Sending.forGood(Reason.TLS).accept(transport.send(Sending.message(), new TestAttempt()));
            assertThat(server.commands()).containsExactly("EHLO [127.0.0.1]");
        }
        try (ScriptedSmtp server = ScriptedSmtp.startTls(TestKeys.serving(NAMES));
                SmtpTransport transport = to(server).port(port).build()) {
            Sending.sent().accept(transport.send(Sending.message(), new TestAttempt()));
        }
        assertThat(asked).hasValue(port);
    }

    @ParameterizedTest
    @ValueSource(ints = {465, 2465, 10_465})
    void requireTlsFromTheFirstByteOn(int port) throws IOException {
        try (ScriptedSmtp server = ScriptedSmtp.implicitTls(TestKeys.serving(NAMES));
                SmtpTransport transport = to(server).port(port).build()) {
            Sending.sent().accept(transport.send(Sending.message(), new TestAttempt()));
        }
        assertThat(asked).hasValue(port);
    }

    @Test
    void thatIsSpokenToUnlessToldOtherwiseIs465() throws IOException {
        try (ScriptedSmtp server = ScriptedSmtp.implicitTls(TestKeys.serving(NAMES));
                SmtpTransport transport = to(server).build()) {
            Sending.sent().accept(transport.send(Sending.message(), new TestAttempt()));
        }
        assertThat(asked).hasValue(465);
    }
}
