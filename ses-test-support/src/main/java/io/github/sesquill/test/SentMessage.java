package io.github.sesquill.test;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.test.engine.Accepted;
import io.github.sesquill.test.engine.Body;
import io.github.sesquill.test.engine.Fate;
import io.github.sesquill.test.engine.HeaderSection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A message that the fake has accepted.
 *
 * <p>Immutable, thread-safe, compared by value.
 */
public final class SentMessage {

    private final Accepted accepted;
    private final MessageSubmission submission;

    SentMessage(Accepted accepted) {
        this.accepted = accepted;
        this.submission = (MessageSubmission) accepted.submission();
    }

    /** Returns the message as the transport was given it. */
    public EmailMessage message() {
        return submission.message();
    }

    /** Returns the id that the sender got, and that notifications name. */
    public String messageId() {
        return accepted.messageId();
    }

    /** Returns the {@code Message-ID} header, in angle brackets. */
    public String wireMessageId() {
        return accepted.wireMessageId();
    }

    /** Returns when it was accepted, in the fake's time. */
    public Instant at() {
        return accepted.at();
    }

    /** Returns the id of the attempt that brought it. */
    public String attemptId() {
        return submission.attemptId();
    }

    /** Returns the message tags as events have them: the message's own, those in raw MIME, and the attempt's. */
    public Map<String, String> tags() {
        return Map.copyOf(submission.tags());
    }

    /** Returns the subject as its recipient reads it: a template is filled, and unknown if nobody stored its text. */
    public String subject() {
        return rendered()
                .map(Body::subject)
                .or(() -> HeaderSection.first(submission.headers(), "Subject").map(EncodedWords::decoded))
                .orElse("");
    }

    /** Returns the plain text as its recipient reads it, if there is one; nothing of raw MIME. */
    public Optional<String> text() {
        return rendered().map(Body::text);
    }

    /** Returns the HTML as its recipient reads it, if there is one; nothing of raw MIME. */
    public Optional<String> html() {
        return rendered().map(Body::html);
    }

    private Optional<Body> rendered() {
        return accepted.rendered();
    }

    /** Returns what the template lacked, if SES could not fill it; nobody gets such a message. */
    public Optional<String> renderingFailure() {
        return accepted.renderingFailure();
    }

    /** Returns the link by which the one recipient unsubscribes, if SES manages the list. */
    public Optional<String> unsubscribeUrl() {
        return accepted.unsubscribeUrl();
    }

    /** Returns the recipients whom SES keeps the message from, because they are on the account's suppression list. */
    public List<EmailAddress> suppressed() {
        return Stream.of(Fate.SUPPRESSED_BOUNCE, Fate.SUPPRESSED_COMPLAINT)
                .flatMap(fate -> accepted.with(fate).stream())
                .toList();
    }

    /** Returns the recipients whose mail server takes it: all but the addresses of the simulator that bounce. */
    public List<EmailAddress> delivered() {
        return accepted.delivered();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SentMessage that
                && message().equals(that.message())
                && messageId().equals(that.messageId())
                && wireMessageId().equals(that.wireMessageId())
                && at().equals(that.at())
                && attemptId().equals(that.attemptId());
    }

    @Override
    public int hashCode() {
        return messageId().hashCode();
    }

    /** Returns id and time, without addresses or text. */
    @Override
    public String toString() {
        return "SentMessage[" + messageId() + " at " + at() + "]";
    }
}
