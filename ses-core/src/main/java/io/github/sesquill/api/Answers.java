package io.github.sesquill.api;

import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * What an answer other than "sent" means, by its status, then by the code SES gives and, where one code stands for
 * several things, by its text (SES API reference, {@code SendEmail}, "Errors").
 */
final class Answers {

    /** A rolling day frees some of itself all the time; asking every second would only be throttled as well. */
    static final Duration AFTER_FULL_DAY = Duration.ofMinutes(5);

    private static final Duration MAX_RETRY_AFTER = Duration.ofDays(1);

    private static final Set<String> PAUSED = Set.of("SendingPausedException", "AccountSuspendedException");

    /** AWS General Reference, "Common errors"; SES answers 400 or 403 with them. */
    private static final Set<String> AUTHENTICATION = Set.of(
            "AccessDeniedException",
            "AccessDenied",
            "ExpiredTokenException",
            "ExpiredToken",
            "IncompleteSignature",
            "IncompleteSignatureException",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "NotAuthorized",
            "OptInRequired",
            "RequestExpired",
            "RequestTimeTooSkewed",
            "SignatureDoesNotMatch",
            "UnrecognizedClientException");

    private static final Set<String> THROTTLED =
            Set.of("TooManyRequestsException", "ThrottlingException", "Throttling", "RequestLimitExceeded");

    /** What a policy of IAM refuses with. */
    private static final Set<String> WITHOUT_PERMISSION =
            Set.of("AccessDeniedException", "AccessDenied", "NotAuthorized");

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9.]{1,80}");

    private final int status;
    private final String code;
    private final String text;
    private final Optional<String> retryAfter;

    private Answers(int status, String code, String text, Optional<String> retryAfter) {
        this.status = status;
        this.code = code;
        this.text = text;
        this.retryAfter = retryAfter;
    }

    /** Judges an answer that the SDK threw for. */
    static SendOutcome judge(SdkHttpResponse reply, RuntimeException thrown, Exchange exchange, Instant now) {
        int status = reply.statusCode();
        if (status == 200) {
            return !exchange.isReplyBroken() && Acceptance.cameFromSes(reply)
                    ? SendOutcome.acceptedWithoutId(
                            "SES answered 200, but its answer could not be read: " + Failures.describe(thrown))
                    : SendOutcome.unknown("The answer 200 could not be read: " + Failures.describe(thrown));
        }
        if (status < 400 || status >= 500) {
            String answer = "The answer was " + status + ": " + text(thrown);
            return exchange.isHandedOff()
                    ? SendOutcome.unknown(answer)
                    : SendOutcome.notSent(Reason.UNAVAILABLE, answer).retryable(null);
        }
        return new Answers(status, code(thrown), text(thrown), reply.firstMatchingHeader("Retry-After")).refused(now);
    }

    /** Tells whether credentials lack a permission, which time does not mend as it does a wrong clock. */
    static boolean lacksPermission(RuntimeException thrown) {
        return WITHOUT_PERMISSION.contains(code(thrown));
    }

    /** The code goes into logs; a word that SES would not use is not taken for one. */
    private static String code(RuntimeException thrown) {
        String code = details(thrown).map(AwsErrorDetails::errorCode).orElse(null);
        return code == null || !CODE.matcher(code).matches() ? "" : code;
    }

    private static String text(RuntimeException thrown) {
        String text = details(thrown).map(AwsErrorDetails::errorMessage).orElse(null);
        return text == null ? "no reason was given" : text;
    }

    private static Optional<AwsErrorDetails> details(RuntimeException thrown) {
        return thrown instanceof AwsServiceException said
                ? Optional.ofNullable(said.awsErrorDetails())
                : Optional.empty();
    }

    private SendOutcome refused(Instant now) {
        SendOutcome.NotSent refused = refusal(now);
        return refused.code(code.isEmpty() ? String.valueOf(status) : code);
    }

    private SendOutcome.NotSent refusal(Instant now) {
        if (status == 429 || THROTTLED.contains(code) || code.equals("LimitExceededException")) {
            return limited(now);
        }
        if (PAUSED.contains(code)) {
            return because(Reason.SENDING_PAUSED);
        }
        if (code.equals("MailFromDomainNotVerifiedException") || says("is not verified")) {
            return because(Reason.UNVERIFIED);
        }
        if (AUTHENTICATION.contains(code) || (code.isEmpty() && (status == 401 || status == 403))) {
            return unauthenticated();
        }
        if (status == 408) {
            return because(Reason.UNAVAILABLE).retryable(null);
        }
        if (status == 407) {
            return SendOutcome.notSent(Reason.AUTHENTICATION, "The HTTP proxy wants other credentials: " + text);
        }
        return because(status == 413 ? Reason.INVALID : Reason.REJECTED);
    }

    private SendOutcome.NotSent limited(Instant now) {
        if (says("daily")) {
            return because(Reason.DAILY_QUOTA).retryable(now.plus(AFTER_FULL_DAY));
        }
        if (code.equals("LimitExceededException") && !says("rate")) {
            return because(Reason.REJECTED);
        }
        return because(Reason.THROTTLED).retryable(notBefore(now));
    }

    /** A clock can be corrected, which the SDK does by itself, and a token renewed; a wrong key stays wrong. */
    private SendOutcome.NotSent unauthenticated() {
        SendOutcome.NotSent refused = because(Reason.AUTHENTICATION);
        boolean mayChange = code.startsWith("ExpiredToken")
                || code.equals("RequestExpired")
                || code.equals("RequestTimeTooSkewed")
                || (code.equals("InvalidSignatureException") && (says("expired") || says("not yet current")));
        return mayChange ? refused.retryable(null) : refused;
    }

    private SendOutcome.NotSent because(Reason reason) {
        return SendOutcome.notSent(reason, text);
    }

    private boolean says(String words) {
        return text.toLowerCase(Locale.ROOT).contains(words);
    }

    /** Reads seconds or a date (RFC 9110 section 10.2.3); what is neither, or absurd, is as good as absent. */
    private @Nullable Instant notBefore(Instant now) {
        return retryAfter
                .flatMap(value -> time(value.strip(), now))
                .filter(time -> time.isBefore(now.plus(MAX_RETRY_AFTER)))
                .orElse(null);
    }

    private static Optional<Instant> time(String value, Instant now) {
        try {
            return Optional.of(
                    value.matches("[0-9]{1,9}")
                            ? now.plusSeconds(Long.parseLong(value))
                            : ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
