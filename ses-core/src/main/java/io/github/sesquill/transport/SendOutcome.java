package io.github.sesquill.transport;

import io.github.sesquill.message.EmailAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message: {@link Sent}, {@link NotSent} or {@link Unknown}; there will never be a fourth case.
 *
 * <pre>{@code
 * SendOutcome outcome = mailer.trySend(message);
 * if (outcome instanceof SendOutcome.NotSent n && n.isRetryable()) later(n.retryAt());
 * if (outcome instanceof SendOutcome.Unknown u) investigate(u.attemptId());
 * }</pre>
 *
 * <p>Immutable, thread-safe, compared by value. {@link NotSent#detail()} and {@link Unknown#detail()} may quote what SES
 * said, addresses included; {@code toString} leaves them out.
 */
public sealed interface SendOutcome {

    /** Returns the ids of all attempts made, in order; each went out as the message tag {@code sesquill-attempt}. */
    List<String> attemptIds();

    /** Returns the recipients that were left out because they are on the suppression list. */
    List<EmailAddress> suppressed();

    /** Returns a copy that tells of these attempts and suppressed recipients; for mailers. */
    SendOutcome withTrail(List<String> attemptIds, List<EmailAddress> suppressed);

    /** Computes something from whichever case this is; all three must be thought of. */
    default <T> T fold(
            Function<? super Sent, ? extends T> sent,
            Function<? super NotSent, ? extends T> notSent,
            Function<? super Unknown, ? extends T> unknown) {
        if (this instanceof Sent s) {
            return sent.apply(s);
        }
        return this instanceof NotSent n ? notSent.apply(n) : unknown.apply((Unknown) this);
    }

    /** SES answered that it has taken the message, and under which id. */
    sealed interface Sent extends SendOutcome permits SentOutcome {

        /** Returns the id that SES gave it; notifications name it in {@code mail.messageId}. */
        String messageId();

        /**
         * Returns the {@code Message-ID} header that the recipient sees, in angle brackets:
         * {@code <id@email.amazonses.com>} from us-east-1 and {@code <id@region.amazonses.com>} from elsewhere.
         */
        String wireMessageId();
    }

    /** SES cannot have the message. */
    sealed interface NotSent extends SendOutcome permits NotSentOutcome {

        /** Returns why, as a class of reasons. */
        Reason reason();

        /** Returns what SES or the network called it, such as {@code MessageRejected} or {@code 554}, if it said. */
        Optional<String> code();

        /** Returns why, in words; may hold addresses. */
        String detail();

        /** Tells whether the same message may succeed later. */
        boolean isRetryable();

        /** Returns when it is worth trying again at the earliest, if that is known. */
        Optional<Instant> retryAt();

        /** Returns a copy that may be tried again, not before the time given, or at any time if it is null. */
        NotSent retryable(@Nullable Instant notBefore);

        /** Returns a copy that names the code. */
        NotSent code(String code);
    }

    /** SES may have the message, and nothing says whether it does. It is never repeated unless the caller asks. */
    sealed interface Unknown extends SendOutcome permits UnknownOutcome {

        /** Tells whether SES did accept it and only its id could not be read. */
        boolean accepted();

        /** Returns what happened, in words; may hold addresses. */
        String detail();

        /** Returns the id of the attempt whose end is unknown; later ones may have failed. Empty outside a mailer. */
        String attemptId();
    }

    /** Why a message was not sent. More may be added; a switch needs a default. */
    enum Reason {
        /** The message, or what it asks for, cannot be carried. */
        INVALID,
        /** Every recipient is on the suppression list. */
        SUPPRESSED,
        /** An identity is not verified: the sender, or in the sandbox a recipient. */
        UNVERIFIED,
        /** SES refused it for good. */
        REJECTED,
        /** Sending is paused, or the account is suspended. */
        SENDING_PAUSED,
        /** Credentials are missing, wrong, expired or not allowed to send. */
        AUTHENTICATION,
        /** The connection could not be secured. */
        TLS,
        /** The other side does not speak the protocol. */
        PROTOCOL,
        /** SES takes no more this second. */
        THROTTLED,
        /** The quota of 24 hours is used up. */
        DAILY_QUOTA,
        /** SES, the network or a suppression list could not be reached. */
        UNAVAILABLE,
        /** Too many sends were waiting already. */
        QUEUE_FULL,
        /** Its deadline passed before it was handed over. */
        DEADLINE,
        /** It was cancelled, its thread interrupted or its mailer closed before it was handed over. */
        CANCELLED
    }

    /** SES has it, under this id. */
    static Sent sent(String messageId, String wireMessageId) {
        return new SentOutcome(messageId, wireMessageId, List.of(), List.of());
    }

    /** SES cannot have it, and trying again as it is would not help. */
    static NotSent notSent(Reason reason, String detail) {
        return new NotSentOutcome(reason, null, detail, false, null, List.of(), List.of());
    }

    /** SES may have it. */
    static Unknown unknown(String detail) {
        return new UnknownOutcome(false, "", detail, List.of(), List.of());
    }

    /** SES has it, but its id could not be read. */
    static Unknown acceptedWithoutId(String detail) {
        return new UnknownOutcome(true, "", detail, List.of(), List.of());
    }
}

record SentOutcome(String messageId, String wireMessageId, List<String> attemptIds, List<EmailAddress> suppressed)
        implements SendOutcome.Sent {

    @Override
    public SendOutcome withTrail(List<String> attempts, List<EmailAddress> leftOut) {
        return new SentOutcome(messageId, wireMessageId, List.copyOf(attempts), List.copyOf(leftOut));
    }

    @Override
    public String toString() {
        return "Sent[" + messageId + "]";
    }
}

record NotSentOutcome(
        SendOutcome.Reason reason,
        @Nullable String knownCode,
        String detail,
        boolean isRetryable,
        @Nullable Instant notBefore,
        List<String> attemptIds,
        List<EmailAddress> suppressed)
        implements SendOutcome.NotSent {

    @Override
    public Optional<String> code() {
        return Optional.ofNullable(knownCode);
    }

    @Override
    public Optional<Instant> retryAt() {
        return Optional.ofNullable(notBefore);
    }

    @Override
    public SendOutcome.NotSent retryable(@Nullable Instant earliest) {
        return new NotSentOutcome(reason, knownCode, detail, true, earliest, attemptIds, suppressed);
    }

    @Override
    public SendOutcome.NotSent code(String code) {
        return new NotSentOutcome(reason, code, detail, isRetryable, notBefore, attemptIds, suppressed);
    }

    @Override
    public SendOutcome withTrail(List<String> attempts, List<EmailAddress> leftOut) {
        return new NotSentOutcome(
                reason, knownCode, detail, isRetryable, notBefore, List.copyOf(attempts), List.copyOf(leftOut));
    }

    @Override
    public String toString() {
        return "NotSent[" + reason + (knownCode == null ? "" : " " + knownCode) + (isRetryable ? ", retryable]" : "]");
    }
}

record UnknownOutcome(
        boolean accepted, String attemptId, String detail, List<String> attemptIds, List<EmailAddress> suppressed)
        implements SendOutcome.Unknown {

    @Override
    public SendOutcome withTrail(List<String> attempts, List<EmailAddress> leftOut) {
        boolean named = !attemptId.isEmpty() || attempts.isEmpty();
        String open = named ? attemptId : attempts.get(attempts.size() - 1);
        return new UnknownOutcome(accepted, open, detail, List.copyOf(attempts), List.copyOf(leftOut));
    }

    @Override
    public String toString() {
        return "Unknown[" + (accepted ? "accepted, " : "") + "attempt " + attemptId + "]";
    }
}
