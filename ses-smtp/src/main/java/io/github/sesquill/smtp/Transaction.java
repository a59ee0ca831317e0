package io.github.sesquill.smtp;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.mime.AttachmentUnreadableException;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One message over one connection: MAIL, RCPT for each recipient, DATA, the message, the dot (RFC 5321 section 3.3). All
 * recipients or none: what a server refuses to one of them is refused to all.
 */
final class Transaction {

    /** From here on the exact size is counted before the message is begun, and said to the server. */
    private static final long WORTH_COUNTING = 256 * 1024;

    private record Refused(EmailAddress recipient, Reply reply) {

        String sentence() {
            return recipient.address() + ": " + reply.quoted();
        }
    }

    private final Exchange exchange;
    private final Connection connection;
    private final Wire wire;
    private final InstantSource time;
    private final long maxSize;
    private final @Nullable String region;
    private boolean crowded;

    Transaction(Exchange exchange, Connection connection, InstantSource time, long maxSize, @Nullable String region) {
        this.exchange = exchange;
        this.connection = connection;
        this.wire = connection.wire();
        this.time = time;
        this.maxSize = maxSize;
        this.region = region;
    }

    /** Tells whether the server took leave, as it does when it has too many connections. */
    boolean isCrowded() {
        return crowded;
    }

    /**
     * Sends the message.
     *
     * @throws StaleException if nothing was said of its body and another connection will do better
     */
    SendOutcome run() throws StaleException {
        connection.beginMessage();
        long size = exchange.message().encodedSize() < WORTH_COUNTING
                ? 0
                : exchange.mime().size();
        if (size > connection.extensions().maxSize()) {
            return SendOutcome.notSent(
                    Reason.INVALID,
                    "The message takes " + size + " bytes and the server takes at most "
                            + connection.extensions().maxSize() + "; send a link instead of an attachment.");
        }
        if (exchange.mime().isEightBit() && !connection.extensions().offers("8BITMIME")) {
            return SendOutcome.notSent(
                    Reason.INVALID,
                    "The raw message holds bytes above 127, and the server takes none; encode those parts in"
                            + " quoted-printable or base64.");
        }
        try {
            NotSent refused = envelope(mail(size));
            return refused == null ? body() : exchange.unlessGivenUp(refused);
        } catch (StaleException e) {
            connection.giveUp();
            throw e;
        } catch (IOException e) {
            connection.giveUp();
            boolean wasKept = connection.isReused() && !(e instanceof BrokenReplyException);
            if (wasKept && !exchange.isGivenUp() && !(e instanceof SocketTimeoutException)) {
                throw new StaleException(e);
            }
            return exchange.unlessGivenUp(Refusals.broken("before the message was handed over", e));
        }
    }

    private String mail(long size) {
        EmailMessage message = exchange.message();
        Extensions extensions = connection.extensions();
        return "MAIL FROM:<" + message.feedbackTo().orElse(message.from()).address() + '>'
                + (size > 0 && extensions.offers("SIZE") ? " SIZE=" + size : "")
                + (exchange.mime().isEightBit() && extensions.offers("8BITMIME") ? " BODY=8BITMIME" : "");
    }

    /** Says who sends to whom; answers why not, or nothing if the server waits for the message. */
    private @Nullable NotSent envelope(String mail) throws IOException {
        return connection.extensions().offers("PIPELINING") ? pipelined(mail) : stepByStep(mail);
    }

    private @Nullable NotSent stepByStep(String mail) throws IOException {
        Reply reply = wire.ask(mail);
        if (reply.code() != 250) {
            return refused("MAIL", reply);
        }
        List<Refused> refused = new ArrayList<>(0);
        for (EmailAddress recipient : exchange.message().recipients()) {
            reply = wire.ask("RCPT TO:<" + recipient.address() + '>');
            if (!isTaken(reply)) {
                refused.add(new Refused(recipient, reply));
                if (reply.isLeaving() || isOutOfPlace(reply)) {
                    break;
                }
            }
        }
        if (!refused.isEmpty()) {
            return refused(refused);
        }
        reply = wire.ask("DATA");
        return reply.code() == 354 ? null : refused("DATA", reply);
    }

    /** All in one packet (RFC 2920); the replies come in the order of the commands. */
    private @Nullable NotSent pipelined(String mail) throws IOException {
        List<EmailAddress> recipients = exchange.message().recipients();
        wire.command(mail);
        for (EmailAddress recipient : recipients) {
            wire.command("RCPT TO:<" + recipient.address() + '>');
        }
        wire.command("DATA").flush();
        Reply ofMail = wire.reply();
        if (ofMail.isLeaving()) {
            return refused("MAIL", ofMail);
        }
        List<Refused> refused = new ArrayList<>(0);
        for (EmailAddress recipient : recipients) {
            Reply reply = wire.reply();
            if (!isTaken(reply)) {
                refused.add(new Refused(recipient, reply));
                if (reply.isLeaving()) {
                    return refused(refused);
                }
            }
        }
        Reply ofData = wire.reply();
        if (ofData.code() == 354 && (ofMail.code() != 250 || !refused.isEmpty())) {
            // It waits for a message to whomever it did take; only parting from it keeps the message from them.
            connection.giveUp();
        }
        if (ofMail.code() != 250) {
            return refused("MAIL", ofMail);
        }
        if (!refused.isEmpty()) {
            return refused(refused);
        }
        return ofData.code() == 354 ? null : refused("DATA", ofData);
    }

    private static boolean isTaken(Reply reply) {
        return reply.code() == 250 || reply.code() == 251;
    }

    private static boolean isOutOfPlace(Reply reply) {
        return !reply.isTemporary() && !reply.isPermanent();
    }

    private NotSent refused(String to, Reply reply) throws StaleException {
        boolean wantsOther = to.equals("MAIL") && connection.isReused() && (reply.isLeaving() || isTimeout(reply));
        if (wantsOther) {
            throw new StaleException(reply.quoted());
        }
        return isOutOfPlace(reply) ? outOfPlace(to, reply) : refused(reply, Refusals.judge(reply, time.instant()));
    }

    /** What SES says to a connection that was idle, and what is then read as the answer to the next command. */
    private static boolean isTimeout(Reply reply) {
        return reply.code() == 451 && reply.text().contains("Timeout waiting");
    }

    private NotSent outOfPlace(String to, Reply reply) {
        connection.giveUp();
        return Refusals.outOfPlace(to, reply);
    }

    private NotSent refused(Reply reply, NotSent outcome) {
        if (reply.isLeaving()) {
            crowded = true;
            connection.giveUp();
        } else {
            connection.reset();
        }
        return outcome;
    }

    /** One who is refused for good is refused for good, whatever the others were told. */
    private NotSent refused(List<Refused> refused) {
        Refused first = refused.stream()
                .filter(one -> isOutOfPlace(one.reply))
                .findFirst()
                .or(() -> refused.stream().filter(one -> one.reply.isLeaving()).findFirst())
                .or(() ->
                        refused.stream().filter(one -> one.reply.isPermanent()).findFirst())
                .orElse(refused.get(0));
        if (isOutOfPlace(first.reply)) {
            return outOfPlace("RCPT", first.reply);
        }
        String who = "Nobody was sent the message, for the server refuses "
                + refused.stream().map(Refused::sentence).collect(Collectors.joining(", "));
        return refused(first.reply, Refusals.judge(first.reply, who, time.instant()));
    }

    private SendOutcome body() {
        DotStuffing message = new DotStuffing(wire.stream(), maxSize);
        try {
            exchange.mime().writeTo(message);
            message.endLine();
        } catch (AttachmentUnreadableException e) {
            return notWritten(SendOutcome.notSent(Reason.INVALID, String.valueOf(e.getMessage())));
        } catch (DotStuffing.TooLargeException e) {
            return notWritten(SendOutcome.notSent(
                    Reason.INVALID,
                    "The message takes more than the " + maxSize + " bytes that are sent; send a link instead of an"
                            + " attachment."));
        } catch (IOException e) {
            return notWritten(Refusals.broken("while the message was written", e));
        }
        return exchange.handOff() ? end() : notWritten(exchange.givenUp());
    }

    /** Without the dot the server has no message, so parting now keeps it from everybody. */
    private SendOutcome notWritten(NotSent outcome) {
        connection.giveUp();
        return exchange.unlessGivenUp(outcome);
    }

    /** The line of no return is behind: only a reply tells now. */
    private SendOutcome end() {
        try {
            wire.command(".").flush();
            Reply reply = wire.reply();
            if (reply.code() == 250) {
                return Acceptance.judge(reply, region, exchange.mime().messageId());
            }
            if (isOutOfPlace(reply)) {
                connection.giveUp();
                return SendOutcome.unknown("The server answered the end of the message with " + reply.quoted() + '.');
            }
            if (reply.isLeaving()) {
                crowded = true;
                connection.giveUp();
            }
            return Refusals.judge(reply, time.instant());
        } catch (IOException e) {
            connection.giveUp();
            return SendOutcome.unknown("No answer came after the message was handed over: " + Refusals.describe(e));
        }
    }
}
