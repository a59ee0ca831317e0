package io.github.sesquill.notifications;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Reads what SES sends back into {@link SesNotification}s.
 *
 * <p>A body may be the bare payload (SNS raw delivery, a Firehose record), an SNS message (an HTTP request, the body of
 * an SQS message), an EventBridge event, or the event of a Lambda function for SNS, SQS or SES. Which it is shows in
 * the body itself, and envelopes may lie in envelopes.
 *
 * <p>It does not verify signatures: a body from the open internet is to be verified before it is believed.
 *
 * <p>Limits, against bodies made to hurt: a document of 512 KiB, strings of 300,000 characters, depth 20. SNS and SQS
 * carry 256 KiB, and a body grows when it is quoted as a string in another. SES payloads are 5 deep, the deepest
 * envelope adds 4. Beyond the limits, and for a body that is no notification, a {@link NotificationFormatException}
 * says where and why. What is wrong within a notification is absent from it and the rest is kept.
 *
 * <p>Immutable and thread-safe; make one and keep it.
 */
public final class NotificationParser {

    private static final NotificationParser DEFAULT = new NotificationParser(512 * 1024, 20, 300_000);

    /** Twice the longest name of a message tag. */
    private static final int LONGEST_NAME = 512;

    /** No number SES sends has more than 13 digits. */
    private static final int LONGEST_NUMBER = 100;

    private final int maxDocumentSize;
    private final int maxDepth;
    private final int maxStringLength;
    private final JsonFactory json;

    private NotificationParser(int maxDocumentSize, int maxDepth, int maxStringLength) {
        this.maxDocumentSize = maxDocumentSize;
        this.maxDepth = maxDepth;
        this.maxStringLength = maxStringLength;
        this.json = new JsonFactoryBuilder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .maxStringLength(maxStringLength)
                        .maxNameLength(LONGEST_NAME)
                        .maxNumberLength(LONGEST_NUMBER)
                        .build())
                // The names of tags are the sender's: they do not belong among the strings of the whole JVM.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
    }

    /** Returns a parser with the default limits. */
    public static NotificationParser create() {
        return DEFAULT;
    }

    /**
     * Returns a parser with another limit on the size of a body.
     *
     * @param limit bytes, or characters of a body given as string; at least 1, 512 Ki by default
     * @throws IllegalArgumentException if the limit is less than 1
     */
    public NotificationParser maxDocumentSize(int limit) {
        return new NotificationParser(atLeastOne("document size", limit), maxDepth, maxStringLength);
    }

    /**
     * Returns a parser with another limit on objects and arrays within each other; JSON in a string starts anew.
     *
     * @param limit at least 1, 20 by default
     * @throws IllegalArgumentException if the limit is less than 1
     */
    public NotificationParser maxDepth(int limit) {
        return new NotificationParser(maxDocumentSize, atLeastOne("depth", limit), maxStringLength);
    }

    /**
     * Returns a parser with another limit on the length of a string, and so of a payload that lies in one.
     *
     * @param limit characters; at least 1, 300,000 by default
     * @throws IllegalArgumentException if the limit is less than 1
     */
    public NotificationParser maxStringLength(int limit) {
        return new NotificationParser(maxDocumentSize, maxDepth, atLeastOne("string length", limit));
    }

    private static int atLeastOne(String what, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("The limit on " + what + " is " + limit + "; it must be at least 1.");
        }
        return limit;
    }

    /**
     * Reads the one notification in a body.
     *
     * @param body what came, in its envelope or without
     * @throws NotificationFormatException if the body is no notification, exceeds a limit, or is a Lambda event of none
     *     or several records; {@link #open(String)} takes those
     */
    public SesNotification parse(String body) {
        return only(open(body).notifications());
    }

    /**
     * Reads the one notification in a body of UTF-8.
     *
     * @param body what came, in its envelope or without
     * @throws NotificationFormatException as {@link #parse(String)}, and if the body is not UTF-8
     */
    public SesNotification parse(byte[] body) {
        return parse(Utf8.decode(body, maxDocumentSize));
    }

    /**
     * Reads the one notification in a stream of UTF-8, which is read to its end or to the limit and not closed.
     *
     * @param body what came, in its envelope or without
     * @throws NotificationFormatException as {@link #parse(byte[])}
     * @throws UncheckedIOException if the stream cannot be read
     */
    public SesNotification parse(InputStream body) {
        try {
            // One byte more than may be, to tell a body of just that size from a longer one.
            return parse(body.readNBytes((int) Math.min(maxDocumentSize + 1L, Integer.MAX_VALUE)));
        } catch (IOException e) {
            throw new UncheckedIOException("The stream of the notification cannot be read.", e);
        }
    }

    /**
     * Reads the facts of the envelope with the notifications in it.
     *
     * @param body what came, in its envelope or without
     * @throws NotificationFormatException if the body is no notification or exceeds a limit
     */
    public Envelope open(String body) {
        if (body.length() > maxDocumentSize) {
            throw Utf8.tooLarge(body.length() + " characters", maxDocumentSize);
        }
        return DocumentReader.read(json, body);
    }

    private static SesNotification only(List<SesNotification> notifications) {
        if (notifications.size() != 1) {
            throw new NotificationFormatException("The body is a Lambda event with " + notifications.size()
                    + " notifications where one is expected; open(body).notifications() has them all.");
        }
        return notifications.get(0);
    }
}
