package io.github.sesquill.local;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.test.engine.Accepted;
import io.github.sesquill.test.engine.Answer;
import io.github.sesquill.test.engine.Refusal;
import io.github.sesquill.test.engine.Refused;
import io.github.sesquill.test.engine.SesEngine;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One SMTP connection (RFC 5321), with what SES announces and no more: {@code 8BITMIME}, {@code STARTTLS} and
 * {@code AUTH PLAIN LOGIN}; and in the words of SES (SES Developer Guide, "SMTP response codes returned by Amazon SES").
 */
final class SmtpSession {

    private static final String HOST = "email-smtp.amazonaws.com";
    private static final int MOST_RECIPIENTS = 50;
    private static final int MOST_REFUSED_LOGINS = 3;

    private final SmtpDoor door;
    private Socket socket;
    private SmtpLines lines;
    private boolean secure;
    private boolean greeted;
    private boolean authenticated;
    private int refusedLogins;
    private boolean done;

    private @Nullable EmailAddress sender;
    private final List<EmailAddress> recipients = new ArrayList<>();

    SmtpSession(SmtpDoor door, Socket socket, boolean secure) throws IOException {
        this.door = door;
        this.socket = socket;
        this.secure = secure;
        lines = new SmtpLines(socket);
    }

    void talk() throws IOException {
        lines.write("220 " + HOST + " ESMTP SimpleEmailService-sesquill");
        try {
            while (!done) {
                obey(lines.read());
            }
        } catch (SocketTimeoutException e) {
            lines.write("451 4.4.2 Timeout waiting for data from client.");
        } catch (SmtpLines.TooLongException e) {
            lines.write("500 Line too long.");
        } catch (SmtpLines.EndException e) {
            // It has hung up without QUIT, as many do.
        }
    }

    private void obey(String line) throws IOException {
        String verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
        String rest = line.length() > verb.length()
                ? line.substring(verb.length() + 1).strip()
                : "";
        switch (verb) {
            case "EHLO", "HELO" -> greet(verb, rest);
            case "NOOP" -> lines.write("250 Ok");
            case "RSET" -> reset("250 Ok");
            case "QUIT" -> quit();
            case "STARTTLS" -> startTls();
            case "AUTH" -> ifSecure(() -> authenticate(rest));
            case "MAIL" -> ifSecure(() -> mail(rest));
            case "RCPT" -> ifSecure(() -> rcpt(rest));
            case "DATA" -> ifSecure(this::data);
            default -> lines.write("500 Error: command not implemented");
        }
    }

    private interface Action {

        void run() throws IOException;
    }

    private void ifSecure(Action action) throws IOException {
        if (!secure) {
            lines.write("530 Must issue a STARTTLS command first");
        } else if (!greeted) {
            lines.write("503 Error: send EHLO first");
        } else {
            action.run();
        }
    }

    private void greet(String verb, String name) throws IOException {
        if (name.isEmpty()) {
            lines.write("501 Syntax: " + verb + " hostname");
            return;
        }
        greeted = true;
        clear();
        if (verb.equals("HELO")) {
            lines.write("250 " + HOST);
            return;
        }
        lines.write("250-" + HOST + "\r\n250-8BITMIME" + (secure ? "" : "\r\n250-STARTTLS")
                + "\r\n250-AUTH PLAIN LOGIN\r\n250 Ok");
    }

    private void quit() throws IOException {
        done = true;
        lines.write("221 Bye");
    }

    private void reset(String reply) throws IOException {
        clear();
        lines.write(reply);
    }

    private void clear() {
        sender = null;
        recipients.clear();
    }

    /** What was sent in clear after the command is not taken for what is said under TLS (RFC 3207, 4.2). */
    private void startTls() throws IOException {
        if (secure) {
            lines.write("503 TLS is on already");
            return;
        }
        if (lines.hasMore()) {
            done = true;
            lines.write("554 Nothing may follow STARTTLS before the handshake");
            return;
        }
        lines.write("220 Ready to start TLS");
        socket = door.secured(socket);
        lines = new SmtpLines(socket);
        secure = true;
        greeted = false;
        clear();
    }

    private void authenticate(String rest) throws IOException {
        if (authenticated) {
            lines.write("503 Already authenticated");
            return;
        }
        SmtpLogin login = new SmtpLogin(lines);
        Optional<SmtpLogin.Given> given = login.ask(rest);
        if (given.isEmpty()) {
            lines.write(login.problem());
        } else if (door.password().is(given.get().user(), given.get().password())) {
            authenticated = true;
            lines.write("235 Authentication successful.");
        } else {
            done = ++refusedLogins >= MOST_REFUSED_LOGINS;
            lines.write("535 Authentication Credentials Invalid");
        }
    }

    private void mail(String rest) throws IOException {
        if (!authenticated) {
            lines.write("530 Authentication required");
            return;
        }
        if (sender != null) {
            lines.write("503 Error: nested MAIL command");
            return;
        }
        Optional<SmtpPath> path = SmtpPath.parse("FROM:", rest);
        if (path.isEmpty()) {
            lines.write("501 Syntax: MAIL FROM:<address>");
            return;
        }
        Optional<String> unknown = path.get().unknownParameter();
        if (unknown.isPresent()) {
            lines.write("555 Unsupported parameter " + unknown.get());
        } else if (path.get().size() > SesEngine.LARGEST_MESSAGE) {
            lines.write("552 Message is too long.");
        } else {
            sender = addressOrRefuse(path.get());
            if (sender != null) {
                lines.write("250 Ok");
            }
        }
    }

    private void rcpt(String rest) throws IOException {
        if (sender == null) {
            lines.write(authenticated ? "503 Error: need MAIL command" : "530 Authentication required");
            return;
        }
        Optional<SmtpPath> path = SmtpPath.parse("TO:", rest);
        if (path.isEmpty()) {
            lines.write("501 Syntax: RCPT TO:<address>");
        } else if (path.get().hasParameters()) {
            lines.write("555 Unsupported parameter");
        } else if (recipients.size() >= MOST_RECIPIENTS) {
            lines.write("452 Too many recipients.");
        } else {
            EmailAddress recipient = addressOrRefuse(path.get());
            if (recipient != null) {
                recipients.add(recipient);
                lines.write("250 Ok");
            }
        }
    }

    private @Nullable EmailAddress addressOrRefuse(SmtpPath path) throws IOException {
        try {
            return EmailAddress.of(path.address());
        } catch (IllegalArgumentException e) {
            lines.write(oneLine(Refusal.invalidAddress(path.address())));
            return null;
        }
    }

    private void data() throws IOException {
        EmailAddress from = sender;
        if (from == null || recipients.isEmpty()) {
            lines.write(authenticated ? "503 Error: need RCPT command" : "530 Authentication required");
            return;
        }
        lines.write("354 End data with <CR><LF>.<CR><LF>");
        door.room().acquireUninterruptibly();
        try {
            take(from, lines.data((int) SesEngine.LARGEST_MESSAGE));
        } finally {
            door.room().release();
        }
        clear();
    }

    private void take(EmailAddress from, SmtpLines.Data data) throws IOException {
        if (data.length() > SesEngine.LARGEST_MESSAGE) {
            lines.write("552 Message is too long.");
            return;
        }
        Incoming incoming;
        try {
            incoming = RawMessage.overSmtp(
                    from,
                    List.copyOf(recipients),
                    data.bytes(),
                    socket.getInetAddress().getHostAddress());
        } catch (ProblemException e) {
            lines.write("554 Transaction failed: " + ascii(e.sentence()));
            return;
        }
        Answer answer = door.post().send(incoming);
        if (answer instanceof Accepted accepted) {
            lines.write("250 Ok " + accepted.messageId());
        } else if (answer instanceof Refused refused) {
            lines.write(oneLine(refused.refusal()));
        } else {
            done = true;
        }
    }

    private static String oneLine(Refusal refusal) {
        return ascii(refusal.smtpReply());
    }

    /** No reply has a line break that was not meant as one. */
    private static String ascii(String text) {
        return text.replaceAll("[^ -~]", "?");
    }
}
