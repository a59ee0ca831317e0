package io.github.sesquill.test;

import io.github.sesquill.message.EmailAddress;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Assertions on everything that a fake was sent. A failure lists what was sent and what was refused. */
public final class FakeSesAssert extends AbstractAssert<FakeSesAssert, FakeSes> {

    FakeSesAssert(FakeSes actual) {
        super(actual, FakeSesAssert.class);
    }

    /** Fails unless exactly so many messages were accepted; attempts that were refused do not count. */
    public FakeSesAssert hasSent(int messages) {
        if (sent().size() != messages) {
            fail("Expected " + counted(messages) + " to be sent, but there " + wereSent() + '.');
        }
        return this;
    }

    /** Fails if anything was accepted. */
    public FakeSesAssert hasSentNothing() {
        return hasSent(0);
    }

    /** Goes on with the message that was accepted first; fails if none was. */
    public SentMessageAssert first() {
        return nth(0);
    }

    /** Goes on with the message that was accepted last; fails if none was. */
    public SentMessageAssert last() {
        return nth(Math.max(0, sent().size() - 1));
    }

    private SentMessageAssert nth(int index) {
        List<SentMessage> sent = sent();
        if (sent.isEmpty()) {
            fail("Expected a message to be sent, but there was none.");
        }
        return new SentMessageAssert(sent.get(index), "message " + (index + 1) + " of " + sent.size());
    }

    /**
     * Goes on with the one message that went to an address, in To, Cc or Bcc; fails if there is none, or several.
     *
     * @throws IllegalArgumentException if it is not one address
     */
    public SentMessageAssert sentTo(String address) {
        EmailAddress wanted = EmailAddress.of(address);
        List<SentMessage> found = sent().stream()
                .filter(message -> message.message().recipients().stream()
                        .anyMatch(recipient -> Addressee.matches(wanted, recipient)))
                .toList();
        if (found.size() != 1) {
            List<EmailAddress> all = sent().stream()
                    .flatMap(message -> message.message().recipients().stream())
                    .toList();
            fail("Expected one message to be sent to " + address + ", but there "
                    + (found.isEmpty() ? "was none." + Addressee.hint(wanted, all) : "were " + found.size() + '.'));
        }
        return new SentMessageAssert(found.get(0), "the message to " + address);
    }

    private List<SentMessage> sent() {
        isNotNull();
        return actual.sent();
    }

    private String wereSent() {
        int sent = actual.sent().size();
        return sent == 0 ? "was none" : (sent == 1 ? "was " : "were ") + sent;
    }

    private static String counted(int messages) {
        return messages == 0 ? "no message" : messages == 1 ? "1 message" : messages + " messages";
    }

    private void fail(String what) {
        failWithMessage("%s", what + '\n' + Described.sent(actual.sent()) + Described.refused(actual.refused()));
    }
}
