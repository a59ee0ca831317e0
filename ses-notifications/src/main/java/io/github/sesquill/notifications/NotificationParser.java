package io.github.sesquill.notifications;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

    private static final NotificationParser DEFAULT = new NotificationParser(Limits.DEFAULT);

    private final Limits limits;

    private NotificationParser(Limits limits) {
        this.limits = limits;
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
        return new NotificationParser(Limits.of(atLeastOne("document size", limit), limits.depth(), limits.string()));
    }

    /**
     * Returns a parser with another limit on objects and arrays within each other; JSON in a string starts anew.
     *
     * @param limit from 1 to 1,000; 20 by default
     * @throws IllegalArgumentException if the limit is less than 1 or more than 1,000
     */
    public NotificationParser maxDepth(int limit) {
        if (limit > Limits.DEEPEST) {
            throw new IllegalArgumentException(
                    "The limit on depth is " + limit + "; it must be at most " + Limits.DEEPEST + '.');
        }
        return new NotificationParser(Limits.of(limits.size(), atLeastOne("depth", limit), limits.string()));
    }

    /**
     * Returns a parser with another limit on the length of a string, and so of a payload that lies in one.
     *
     * @param limit characters; at least 1, 300,000 by default
     * @throws IllegalArgumentException if the limit is less than 1
     */
    public NotificationParser maxStringLength(int limit) {
        return new NotificationParser(Limits.of(limits.size(), limits.depth(), atLeastOne("string length", limit)));
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
        return parse(Utf8.decode(body, limits));
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
            return parse(body.readNBytes((int) Math.min(limits.size() + 1L, Integer.MAX_VALUE)));
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
        return opened(body).orThrow();
    }

    /**
     * Reads the notifications of a batch, one after the other as the stream asks for them: the lines of a Firehose
     * file, or any JSON objects one behind the other, with or without anything between; a Lambda event is as many items
     * as it has records. What cannot be read is an item with its error; the next object is looked for where a line begins
     * with a brace, or a brace follows a closing one.
     *
     * <p>The batch is copied as UTF-8, in which half a surrogate pair is a question mark; of a long one make a stream.
     *
     * @param batch objects, each in its envelope or without
     */
    public Stream<Item> parseAll(String batch) {
        return parseAll(new ByteArrayInputStream(batch.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Reads the notifications of a batch of UTF-8, as {@link #parseAll(String)}, in memory bounded by a few
     * times the limit on a document: a file of any length will do.
     *
     * <p>The stream is not closed. Its failure is thrown as {@link UncheckedIOException}. A notification that is kept
     * keeps the text of its object and as a rule half as much again to find its way in it, and nothing else of the batch.
     *
     * @param batch objects, each in its envelope or without
     */
    public Stream<Item> parseAll(InputStream batch) {
        return BatchReader.read(batch, limits);
    }

    /** Reads a body, and whatever of its records can be read. */
    private Envelope opened(String body) {
        TextLayer layer = new TextLayer(limits, "the body", 0);
        if (body.length() > limits.size()) {
            throw limits.tooLarge("the body", body.length() + " characters");
        }
        String text = body.startsWith("\uFEFF") ? body.substring(1) : body;
        int start = 0;
        while (start < text.length() && TextLayer.isBlank(text.charAt(start))) {
            start++;
        }
        if (start == text.length()) {
            throw layer.refusal("it is empty");
        }
        if (text.charAt(start) == '{') {
            return Document.open(layer, TreeReader.read(layer, text));
        }
        if (Document.isTopicValidated(text)) {
            return Envelope.of(List.of(), Document.plain(text));
        }
        throw layer.refusal("it begins neither with the brace of a JSON object nor with the sentence that SES sends"
                + " when it validates a topic");
    }

    private static SesNotification only(List<SesNotification> notifications) {
        if (notifications.size() != 1) {
            throw new NotificationFormatException(
                    "The body is a Lambda event with " + notifications.size()
                            + " notifications where one is expected; open(body).notifications() has them all, and so does parseAll(body).");
        }
        return notifications.get(0);
    }

    /**
     * One notification of a batch, or why there is none. Immutable.
     *
     * <p>A record that cannot be read has an error, and its envelope where that much can be read, so that one SQS message
     * among many can be given back to its queue.
     */
    public static final class Item {

        private final long index;
        private final long offset;
        private final @Nullable Envelope envelope;
        private final @Nullable SesNotification notification;
        private final @Nullable NotificationFormatException error;

        Item(
                long index,
                long offset,
                @Nullable Envelope envelope,
                @Nullable SesNotification notification,
                @Nullable NotificationFormatException error) {
            this.index = index;
            this.offset = offset;
            this.envelope = envelope;
            this.notification = notification;
            this.error = error;
        }

        /** Returns the number of the item in the batch, counted from 0. */
        public long index() {
            return index;
        }

        /** Returns how many characters of the batch precede the object this is in. */
        public long offset() {
            return offset;
        }

        /** Returns the notification; empty if there is an error. */
        public Optional<SesNotification> notification() {
            return Optional.ofNullable(notification);
        }

        /** Returns why there is no notification. */
        public Optional<NotificationFormatException> error() {
            return Optional.ofNullable(error);
        }

        /** Returns the envelope of the item, with what can be read of it. */
        public Optional<Envelope> envelope() {
            return Optional.ofNullable(envelope);
        }

        /**
         * Returns the notification.
         *
         * @throws NotificationFormatException if there is none
         */
        public SesNotification orThrow() {
            if (notification == null) {
                throw error == null ? new IllegalStateException("neither read nor refused") : error;
            }
            return notification;
        }

        /** Returns position and kind, without any address: fit for a log. */
        @Override
        public String toString() {
            return "Item[index=" + index + ", " + (notification == null ? "error" : notification) + "]";
        }
    }
}
