package io.github.sesquill.api;

import io.github.sesquill.transport.SendOutcome;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.model.SendEmailResponse;

/** What an answer means that the SDK could read: only 200 and an id are "sent". */
final class Acceptance {

    private static final int MAX_ID = 256;
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private Acceptance() {}

    static SendOutcome judge(SendEmailResponse answer, Region region) {
        int status = answer.sdkHttpResponse().statusCode();
        if (status != 200) {
            return SendOutcome.unknown("The answer was " + status + ", which SES does not give to SendEmail.");
        }
        String id = answer.messageId();
        if (id != null && isMessageId(id)) {
            return SendOutcome.sent(id, wireMessageId(id, region));
        }
        return cameFromSes(answer.sdkHttpResponse())
                ? SendOutcome.acceptedWithoutId("SES answered 200 without a message id.")
                : SendOutcome.unknown("The answer was 200 without a message id, and nothing shows that SES gave it.");
    }

    /** Takes any id that can stand in a Message-ID header. */
    static boolean isMessageId(String id) {
        boolean mayBeNumber = true;
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean numeric = (c >= '0' && c <= '9') || c == '-' || c == '.' || c == 'e' || c == 'E';
            if (!numeric && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && c != '_') {
                return false;
            }
            mayBeNumber &= numeric;
        }
        return !id.isEmpty() && id.length() <= MAX_ID && !isJsonLiteral(id, mayBeNumber);
    }

    /** The SDK makes strings of JSON's numbers and truth values too, and those are no ids. */
    private static boolean isJsonLiteral(String id, boolean mayBeNumber) {
        return id.equals("true")
                || id.equals("false")
                || (mayBeNumber && NUMBER.matcher(id).matches());
    }

    /** Anything on the way may answer 200 with a page of its own; SES gives every answer an id, and speaks JSON. */
    static boolean cameFromSes(SdkHttpResponse reply) {
        return reply.firstMatchingHeader("x-amzn-RequestId").isPresent()
                || reply.firstMatchingHeader("Content-Type")
                        .filter(type -> type.contains("json"))
                        .isPresent();
    }

    static String wireMessageId(String id, Region region) {
        String host = Region.US_EAST_1.equals(region) ? "email" : region.id();
        return '<' + id + '@' + host + ".amazonses.com>";
    }
}
