package io.github.sesquill.local;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.ListManagement;
import io.github.sesquill.message.MessageHeader;
import io.github.sesquill.test.engine.Body;
import io.github.sesquill.test.engine.Operation;
import io.github.sesquill.test.engine.Submission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message as it came over the API or SMTP: who to whom, what, and how SES is to treat it. Thread-safe. */
final class Incoming implements Submission {

    private final Operation operation;
    private final Envelope envelope;
    private final Options options;
    private volatile Content content;

    Incoming(Operation operation, Envelope envelope, Content content, Options options) {
        this.operation = operation;
        this.envelope = envelope;
        this.content = content;
        this.options = options;
    }

    /**
     * Who sends to whom.
     *
     * @param alsoVerified other addresses that must be verified
     */
    record Envelope(
            EmailAddress from, List<EmailAddress> alsoVerified, List<EmailAddress> recipients, String sourceIp) {

        @Override
        public String toString() {
            return "Envelope[" + recipients.size() + " recipients]";
        }
    }

    /** How SES is to treat it, as far as the API says so. */
    record Options(
            Map<String, String> tags,
            Optional<String> configurationSet,
            Optional<String> fromIdentityArn,
            Optional<ListManagement> listManagement) {

        static final Options NONE = new Options(Map.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** What is sent. */
    sealed interface Content {

        List<MessageHeader> headers();

        long size();

        boolean isInfected();
    }

    /** MIME as it came. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Mime(byte[] bytes, List<MessageHeader> headers, boolean isInfected) implements Content {

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public String toString() {
            return "Mime[" + bytes.length + " bytes]";
        }
    }

    /** Parts that SES makes into MIME. */
    record Parts(
            @Nullable Body body,
            @Nullable Template template,
            List<MessageHeader> headers,
            List<FilePart> files,
            long size,
            boolean isInfected)
            implements Content {}

    /** What is left of what was sent when it takes too much room. */
    record Forgotten(List<MessageHeader> headers, long size, boolean isInfected) implements Content {}

    /** A file that is attached or shown by the HTML. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record FilePart(
            String fileName, String contentType, @Nullable String contentId, boolean isInline, byte[] bytes) {

        @Override
        public String toString() {
            return "FilePart[" + contentType + ", " + bytes.length + " bytes]";
        }
    }

    Content content() {
        return content;
    }

    /** Keeps no more than the headers. */
    void forget() {
        Content now = content;
        content = new Forgotten(now.headers(), now.size(), now.isInfected());
    }

    @Override
    public Operation operation() {
        return operation;
    }

    @Override
    public EmailAddress from() {
        return envelope.from();
    }

    @Override
    public List<EmailAddress> alsoVerified() {
        return envelope.alsoVerified();
    }

    @Override
    public List<EmailAddress> recipients() {
        return envelope.recipients();
    }

    @Override
    public String sourceIp() {
        return envelope.sourceIp();
    }

    @Override
    public List<MessageHeader> headers() {
        return content.headers();
    }

    @Override
    public long size() {
        return content.size();
    }

    @Override
    public boolean isInfected() {
        return content.isInfected();
    }

    @Override
    public Optional<Body> body() {
        return content instanceof Parts parts ? Optional.ofNullable(parts.body()) : Optional.empty();
    }

    @Override
    public Optional<Template> template() {
        return content instanceof Parts parts ? Optional.ofNullable(parts.template()) : Optional.empty();
    }

    @Override
    public Map<String, String> tags() {
        return options.tags();
    }

    @Override
    public Optional<String> configurationSet() {
        return options.configurationSet();
    }

    @Override
    public Optional<String> fromIdentityArn() {
        return options.fromIdentityArn();
    }

    @Override
    public Optional<ListManagement> listManagement() {
        return options.listManagement();
    }

    @Override
    public String toString() {
        return "Incoming[" + operation + ", " + envelope + ", " + content + "]";
    }
}
