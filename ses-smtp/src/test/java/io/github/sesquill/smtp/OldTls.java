package io.github.sesquill.smtp;

import io.github.sesquill.transport.SendOutcome;
import javax.net.ssl.SSLSocket;

/**
 * Asks a server that speaks one version of TLS only, in a JVM of its own that still allows the old ones: {@code VERSION}.
 * Prints what a socket without scruples says to that, and then the outcome of a send.
 */
final class OldTls {

    private static final String NAMES = "dns:localhost";

    private OldTls() {}

    public static void main(String[] arguments) throws Exception {
        try (ScriptedSmtp server =
                        ScriptedSmtp.implicitTls(TestKeys.serving(NAMES)).speaking(arguments[0]);
                SmtpTransport transport =
                        Sending.overTls(server, TestKeys.trusting(NAMES)).build()) {
            try (SSLSocket any =
                    (SSLSocket) TestKeys.trusting(NAMES).getSocketFactory().createSocket("localhost", server.port())) {
                any.setEnabledProtocols(arguments);
                any.startHandshake();
                System.out.println(any.getSession().getProtocol());
            }
            SendOutcome outcome = transport.send(Sending.message(), new TestAttempt());
            System.out.println(outcome + " after " + server.commands().size() + " commands");
        }
    }
}
