package io.github.sesquill.api;

import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.MessageHeader;
import java.util.List;
import java.util.Optional;

/** What the API cannot carry of a message that is well-formed (SES API reference, {@code SendEmail}). */
final class Limits {

    /** SES Developer Guide, "Service quotas": 40 MB, after base64. */
    static final int MAX_BYTES = 40 * 1024 * 1024;

    private static final int MAX_HEADERS = 15;
    private static final int MAX_NAME = 126;
    private static final int MAX_VALUE = 995;
    private static final int MAX_NAME_AND_VALUE = 996;

    /** Multi-region endpoints are signed with SigV4A, which the SDK finds by this class. */
    private static final String MULTI_REGION_SIGNER = "software.amazon.awssdk.http.auth.aws.crt.HttpAuthAwsCrt";

    private Limits() {}

    static Optional<String> refusal(EmailMessage message) {
        return size(message.encodedSize())
                .or(() -> headers(message.headerFields()))
                .or(() -> message.endpointId().flatMap(Limits::multiRegion));
    }

    static Optional<String> size(long encoded) {
        return encoded <= MAX_BYTES
                ? Optional.empty()
                : Optional.of(
                        "The message takes at least " + encoded + " bytes once it is encoded and SES takes at most "
                                + MAX_BYTES + "; send a link instead of an attachment.");
    }

    private static Optional<String> headers(List<MessageHeader> headers) {
        if (headers.size() > MAX_HEADERS) {
            return Optional.of("The message has " + headers.size() + " headers of its own and the API takes at most "
                    + MAX_HEADERS + "; leave some out, or send it as raw MIME or by SMTP.");
        }
        for (MessageHeader header : headers) {
            Optional<String> refusal = header(header);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> header(MessageHeader header) {
        int name = header.name().length();
        int value = header.value().length();
        if (name <= MAX_NAME && value <= MAX_VALUE && name + value <= MAX_NAME_AND_VALUE) {
            return Optional.empty();
        }
        return Optional.of("The header '" + header.name() + "' has " + name + " characters of name and " + value
                + " of value and the API takes at most " + MAX_NAME + " and " + MAX_VALUE + ", together "
                + MAX_NAME_AND_VALUE + "; shorten it, or send the message as raw MIME or by SMTP.");
    }

    private static Optional<String> multiRegion(String endpointId) {
        try {
            Class.forName(MULTI_REGION_SIGNER, false, Limits.class.getClassLoader());
            return Optional.empty();
        } catch (ClassNotFoundException e) {
            return Optional.of("The message goes through the multi-region endpoint '" + endpointId
                    + "', which needs SigV4A; add software.amazon.awssdk:http-auth-aws-crt to the class path.");
        }
    }
}
