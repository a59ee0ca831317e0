package io.github.sesquill.test;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on everything that a fake was sent. A failure lists what was sent and what was refused, and says what to do
 * about it where that is clear.
 */
public final class FakeSesAssert extends AbstractAssert<FakeSesAssert, FakeSes> {

    FakeSesAssert(FakeSes actual) {
        super(actual, FakeSesAssert.class);
    }

    /** Fails unless exactly so many messages were accepted; attempts that were refused do not count. */
    public FakeSesAssert hasSent(int messages) {
        if (sent().size() != messages) {
            fail("Expected " + counted(messages) + " to be sent, but there " + wereSent(sent().size()) + '.');
        }
        return this;
    }

    /** Fails if anything was accepted. */
    public FakeSesAssert hasSentNothing() {
        return hasSent(0);
    }

    /** Goes on with the message that was accepted first; fails if none was. */
    public SentMessageAssert first() {
        return nth(1);
    }

    /** Goes on with the message that was accepted last; fails if none was. */
    public SentMessageAssert last() {
        return nth(Math.max(1, sent().size()));
    }

    /** Goes on with the first, second, … message; counts from 1 and fails if there are fewer. */
    public SentMessageAssert nth(int number) {
        List<SentMessage> sent = sent();
        if (sent.isEmpty()) {
            fail("Expected a message to be sent, but there was none.");
        }
        if (number < 1 || number > sent.size()) {
            fail("Expected a message " + number + ", but there " + wereSent(sent.size()) + '.');
        }
        return new SentMessageAssert(sent.get(number - 1), "message " + number + " of " + sent.size());
    }

    /**
     * Goes on with the one message that went to an address, in To, Cc or Bcc; fails if there is none, or several.
     *
     * @throws IllegalArgumentException if it is not one address
     */
    public SentMessageAssert sentTo(String address) {
        EmailAddress wanted = EmailAddress.of(address);
        List<SentMessage> found = to(wanted);
        if (found.size() != 1) {
            fail("Expected one message to be sent to " + address + ", but there "
                    + (found.isEmpty()
                            ? "was none." + Addressee.hint(wanted, everybody())
                            : "were " + found.size() + '.'));
        }
        return new SentMessageAssert(found.get(0), "the message to " + address);
    }

    /**
     * Fails if anything went to an address, in To, Cc or Bcc.
     *
     * @throws IllegalArgumentException if it is not one address
     */
    public FakeSesAssert hasSentNothingTo(String address) {
        int found = to(EmailAddress.of(address)).size();
        if (found > 0) {
            fail("Expected nothing to be sent to " + address + ", but there " + wereSent(found) + '.');
        }
        return this;
    }

    private List<SentMessage> to(EmailAddress wanted) {
        return sent().stream()
                .filter(message -> message.message().recipients().stream()
                        .anyMatch(recipient -> Addressee.matches(wanted, recipient)))
                .toList();
    }

    private List<EmailAddress> everybody() {
        return sent().stream()
                .flatMap(message -> message.message().recipients().stream())
                .toList();
    }

    /** Fails unless these are the subjects of all messages that were accepted, in this order. */
    public FakeSesAssert hasSentInOrder(String... subjects) {
        List<String> wanted = Arrays.asList(subjects);
        List<String> found = sent().stream().map(Described::subject).toList();
        if (!found.equals(wanted)) {
            List<String> sorted = found.stream().sorted().toList();
            String hint =
                    sorted.equals(wanted.stream().sorted().toList()) ? " They are the same in another order." : "";
            fail("Expected messages with the subjects " + quoted(wanted) + ", but they are " + quoted(found) + '.'
                    + hint);
        }
        return this;
    }

    private static String quoted(List<String> subjects) {
        return subjects.stream().map(Described::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    /**
     * Fails unless one of the messages that were accepted passes; the failure says what each of them lacks.
     *
     * <pre>{@code
     * assertThat(ses).hasSentOne(mail -> mail.isTo("jane@example.com").hasSubject("Welcome"));
     * }</pre>
     */
    public FakeSesAssert hasSentOne(Consumer<SentMessageAssert> that) {
        List<String> why = new ArrayList<>();
        List<SentMessage> sent = sent();
        for (int i = 0; i < sent.size(); i++) {
            Optional<String> failure = failure(new SentMessageAssert(sent.get(i), "message " + (i + 1)), that);
            if (failure.isEmpty()) {
                return this;
            }
            why.add("\n  " + failure.get());
        }
        fail("Expected one message to be as described, but "
                + (sent.isEmpty() ? "there was none." : "none is:" + String.join("", why)));
        return this;
    }

    private static Optional<String> failure(SentMessageAssert message, Consumer<SentMessageAssert> that) {
        try {
            that.accept(message);
            return Optional.empty();
        } catch (AssertionError e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Fails unless exactly so many attempts were not accepted, those that a mailer repeated among them. */
    public FakeSesAssert hasRefused(int attempts) {
        isNotNull();
        int refused = actual.refused().size();
        if (refused != attempts) {
            fail("Expected " + counted("attempt", attempts) + " to be refused, but there " + wereSent(refused) + '.');
        }
        return this;
    }

    /** Fails if an attempt was not accepted. */
    public FakeSesAssert hasRefusedNothing() {
        return hasRefused(0);
    }

    /** Fails unless an attempt was refused for this reason. */
    public FakeSesAssert hasRefusedBecause(Reason reason) {
        isNotNull();
        boolean found = actual.refused().stream()
                .anyMatch(refused ->
                        refused.outcome().fold(sent -> false, not -> not.reason() == reason, unknown -> false));
        if (!found) {
            fail("Expected an attempt to be refused because of " + reason + ", but there was none.");
        }
        return this;
    }

    /**
     * Fails unless SES took a message to this address and did not send it, because it is on the account's suppression
     * list. What a mailer's own list leaves out never comes to SES: ask {@link SendOutcome#suppressed()}.
     *
     * @throws IllegalArgumentException if it is not one address
     */
    public FakeSesAssert hasSuppressed(String address) {
        EmailAddress wanted = EmailAddress.of(address);
        List<EmailAddress> suppressed = sent().stream()
                .flatMap(message -> message.suppressed().stream())
                .toList();
        if (suppressed.stream().noneMatch(each -> Addressee.matches(wanted, each))) {
            fail("Expected " + address + " to be suppressed by SES, but "
                    + (suppressed.isEmpty() ? "nobody was." : "it was " + Described.list(suppressed) + '.'));
        }
        return this;
    }

    private List<SentMessage> sent() {
        isNotNull();
        return actual.sent();
    }

    private static String wereSent(int count) {
        return count == 0 ? "was none" : (count == 1 ? "was " : "were ") + count;
    }

    private static String counted(int messages) {
        return counted("message", messages);
    }

    private static String counted(String what, int count) {
        return (count == 0 ? "no " : count + " ") + what + (count > 1 ? "s" : "");
    }

    private void fail(String what) {
        failWithMessage(
                "%s",
                what
                        + '\n'
                        + Described.sent(actual.sent())
                        + Described.refused(actual.refused())
                        + Described.advice(actual.sent(), actual.refused()));
    }
}
