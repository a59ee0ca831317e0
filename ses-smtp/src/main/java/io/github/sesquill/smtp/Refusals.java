package io.github.sesquill.smtp;

import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import javax.net.ssl.SSLException;

/**
 * What a refusal means, by its code and, where one code stands for several things, by its text (SES Developer Guide,
 * "Amazon SES SMTP issues"); and what it means that something broke before the message was handed over.
 */
final class Refusals {

    /** A rolling day frees some of itself all the time; asking every second would only be throttled as well. */
    private static final Duration AFTER_FULL_DAY = Duration.ofMinutes(5);

    private Refusals() {}

    /** Judges a reply of class 4 or 5 to anything about a message. */
    static NotSent judge(Reply reply, Instant now) {
        return judge(reply, reply.text().isEmpty() ? "no reason was given" : reply.text(), now);
    }

    /** Judges a reply, and says more than its text. */
    static NotSent judge(Reply reply, String detail, Instant now) {
        return (reply.isTemporary() ? temporary(reply, detail, now) : permanent(reply, detail)).code(reply.codes());
    }

    private static NotSent temporary(Reply reply, String detail, Instant now) {
        if (!reply.isLeaving() && (says(reply, "throttling") || says(reply, "sending rate exceeded"))) {
            return says(reply, "daily")
                    ? SendOutcome.notSent(Reason.DAILY_QUOTA, detail).retryable(now.plus(AFTER_FULL_DAY))
                    : SendOutcome.notSent(Reason.THROTTLED, detail).retryable(null);
        }
        return reply.code() == 452 && says(reply, "too many recipients")
                ? SendOutcome.notSent(Reason.REJECTED, detail)
                : SendOutcome.notSent(Reason.UNAVAILABLE, detail).retryable(null);
    }

    private static NotSent permanent(Reply reply, String detail) {
        if (says(reply, "is not verified") || says(reply, "not verified")) {
            return SendOutcome.notSent(Reason.UNVERIFIED, detail);
        }
        if (isAboutCredentials(reply.code()) || says(reply, "access denied") || says(reply, "not authorized")) {
            return SendOutcome.notSent(Reason.AUTHENTICATION, detail);
        }
        boolean paused = says(reply, "sending paused") || says(reply, "is paused") || says(reply, "suspended");
        return SendOutcome.notSent(paused ? Reason.SENDING_PAUSED : Reason.REJECTED, detail);
    }

    static boolean isAboutCredentials(int code) {
        return code == 530 || code == 534 || code == 535 || code == 538;
    }

    private static boolean says(Reply reply, String words) {
        return reply.text().toLowerCase(Locale.ROOT).contains(words);
    }

    /** Judges a reply that has no place where it came. */
    static NotSent outOfPlace(String to, Reply reply) {
        return SendOutcome.notSent(
                        Reason.PROTOCOL,
                        "The server answered " + to + " with " + reply.quoted() + ", which makes no sense.")
                .code(reply.codes());
    }

    /** Judges what broke before the message was handed over. */
    static NotSent broken(String when, IOException thrown) {
        if (thrown instanceof BrokenReplyException) {
            return SendOutcome.notSent(Reason.PROTOCOL, "The server does not speak SMTP: " + thrown.getMessage() + '.');
        }
        if (isTls(thrown)) {
            return SendOutcome.notSent(Reason.TLS, "The connection could not be secured: " + describe(thrown));
        }
        return SendOutcome.notSent(Reason.UNAVAILABLE, "The connection failed " + when + ": " + describe(thrown))
                .retryable(null);
    }

    /** A handshake that the network broke off says nothing about trust and may go better next time. */
    private static boolean isTls(Throwable thrown) {
        boolean tls = false;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof EOFException
                    || cause instanceof SocketException
                    || cause instanceof SocketTimeoutException) {
                return false;
            }
            tls |= cause instanceof SSLException;
        }
        return tls;
    }

    /** Says what happened as the innermost cause has it, which is the one that knows. */
    static String describe(Throwable thrown) {
        Throwable innermost = thrown;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String name = innermost.getClass().getSimpleName();
        String message = innermost instanceof UnknownHostException
                ? "the name is not known: " + innermost.getMessage()
                : innermost.getMessage();
        return message == null ? name : name + ": " + message;
    }
}
