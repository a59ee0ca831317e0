package io.github.sesquill.api;

import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What it means that no answer came. Whether SES can have the message is judged by the exchange alone; the exception only
 * says why it cannot.
 */
final class Failures {

    private Failures() {}

    /** Judges a message of which no request could be made, unless what kept it from that was the want of time. */
    static SendOutcome judge(UnsendableException thrown, Exchange exchange) {
        return exchange.isGivenUp() || exchange.overdue().isPresent()
                ? givenUp(exchange)
                : SendOutcome.notSent(Reason.INVALID, String.valueOf(thrown.getMessage()));
    }

    static SendOutcome judge(RuntimeException thrown, Exchange exchange) {
        if (exchange.isHandedOff()) {
            return SendOutcome.unknown("No answer came after the message was handed over: "
                    + exchange.overdue().orElseGet(() -> describe(thrown)));
        }
        if (exchange.isGivenUp() || Thread.currentThread().isInterrupted()) {
            return givenUp(exchange);
        }
        Optional<String> overdue = exchange.overdue();
        if (overdue.isPresent()) {
            return exchange.isTooLate() ? tooLate() : unavailable(overdue.get());
        }
        if (!exchange.isTransmitting()) {
            return exchange.isTooLate() ? tooLate() : beforeTransmission(thrown);
        }
        return isTls(thrown)
                ? SendOutcome.notSent(Reason.TLS, "The connection to SES could not be secured: " + describe(thrown))
                : unavailable(thrown);
    }

    static SendOutcome givenUp(Exchange exchange) {
        return exchange.isTooLate()
                ? tooLate()
                : SendOutcome.notSent(Reason.CANCELLED, "It was cancelled before it was handed over.");
    }

    static SendOutcome.NotSent tooLate() {
        return SendOutcome.notSent(Reason.DEADLINE, "Its deadline passed before it was handed over.");
    }

    private static SendOutcome unavailable(Throwable thrown) {
        return unavailable(describe(thrown));
    }

    private static SendOutcome unavailable(String why) {
        return SendOutcome.notSent(Reason.UNAVAILABLE, "SES was not reached before the message was handed over: " + why)
                .retryable(null);
    }

    /** Before a request is signed, what fails is finding credentials or an endpoint, which may itself need a network. */
    private static SendOutcome beforeTransmission(RuntimeException thrown) {
        if (thrown instanceof NoClientException) {
            return SendOutcome.notSent(Reason.UNAVAILABLE, String.valueOf(thrown.getMessage()));
        }
        Optional<AwsServiceException> refusedElsewhere = first(thrown, AwsServiceException.class);
        if (refusedElsewhere.filter(said -> said.statusCode() >= 500).isPresent()) {
            return unavailable(thrown);
        }
        if (refusedElsewhere.isPresent() || speaksOfCredentials(thrown)) {
            return SendOutcome.notSent(
                    Reason.AUTHENTICATION, "There are no usable AWS credentials: " + describe(thrown));
        }
        return first(thrown, IOException.class).isPresent()
                ? unavailable(thrown)
                : SendOutcome.notSent(Reason.INVALID, "No request could be made of the message: " + describe(thrown));
    }

    private static boolean speaksOfCredentials(Throwable thrown) {
        return causes(thrown)
                .map(cause -> String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT))
                .anyMatch(message ->
                        message.contains("credential") || message.contains("token") || message.contains("profile"));
    }

    /** A handshake that the network broke off says nothing about trust and may go better next time. */
    private static boolean isTls(Throwable thrown) {
        boolean refused = first(thrown, GeneralSecurityException.class).isPresent();
        boolean brokenOff = causes(thrown)
                .anyMatch(cause -> cause instanceof EOFException
                        || cause instanceof SocketException
                        || cause instanceof SocketTimeoutException);
        return refused || (first(thrown, SSLException.class).isPresent() && !brokenOff);
    }

    private static <T> Optional<T> first(Throwable thrown, Class<T> type) {
        return causes(thrown).filter(type::isInstance).map(type::cast).findFirst();
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }

    /** Says what happened as the innermost cause has it, which is the one that knows. */
    static String describe(Throwable thrown) {
        Throwable innermost = causes(thrown).reduce(thrown, (outer, inner) -> inner);
        String message = innermost.getMessage();
        String name = innermost.getClass().getSimpleName();
        return message == null ? name : name + ": " + message;
    }
}
