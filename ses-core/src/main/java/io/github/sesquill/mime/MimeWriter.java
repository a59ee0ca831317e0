package io.github.sesquill.mime;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.MessageContent;
import io.github.sesquill.message.MessageHeader;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes one message as MIME.
 *
 * <pre>{@code
 * MimeWriter.of(message).writeTo(out);
 * }</pre>
 *
 * <p>Text is written as it is where it is ASCII in lines that mail carries, else in quoted-printable or base64, always as
 * UTF-8; attachments in base64, read from their source while they are written. Alternatives stand in
 * {@code multipart/alternative}, HTML and what it shows in {@code multipart/related}, attachments beside them in
 * {@code multipart/mixed}. Names outside ASCII are in encoded words (RFC 2047) and extended parameters (RFC 2231). An
 * attachment of type {@code message/rfc822} is written as {@code application/octet-stream}, for it may not be in base64
 * otherwise (RFC 2046 section 5.2.1). Bcc is in no header.
 *
 * <p>Raw MIME keeps its headers and parts; line ends become CRLF, and a Date or Message-ID that it lacks is added.
 *
 * <p>Immutable and thread-safe as far as the attachments' sources are; what it writes differs only in its boundaries.
 */
public final class MimeWriter {

    private static final int BUFFER = 1_024;

    /** With the name of its header on one line. */
    private static final int MAX_ARN = 960;

    private static final Pattern MESSAGE_ID = Pattern.compile("<[!-~&&[^<>]]{1,900}>");
    private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };

    private final EmailMessage message;
    private final @Nullable Instant date;
    private final String messageId;
    private final @Nullable Map<String, String> sesTags;
    private final @Nullable RawMime raw;

    private MimeWriter(
            EmailMessage message,
            @Nullable Instant date,
            String messageId,
            @Nullable Map<String, String> sesTags,
            @Nullable RawMime raw) {
        this.message = message;
        this.date = date;
        this.messageId = messageId;
        this.sesTags = sesTags;
        this.raw = raw;
    }

    /**
     * Begins with the time of writing as Date and a random Message-ID in the domain of the sender.
     *
     * @throws IllegalArgumentException if {@link #refusal} says why not
     */
    public static MimeWriter of(EmailMessage message) {
        return with('<' + PartTree.randomToken() + '@' + message.from().domain() + '>', message);
    }

    /**
     * Begins with the time of writing as Date, and with a Message-ID; raw MIME that has one keeps it.
     *
     * @param messageId with its angle brackets (RFC 5322 section 3.6.4)
     * @throws IllegalArgumentException if {@link #refusal} says why not, or the id is not printable ASCII
     */
    public static MimeWriter of(EmailMessage message, String messageId) {
        if (!MESSAGE_ID.matcher(messageId).matches()) {
            throw new IllegalArgumentException("A Message-ID is printable ASCII in angle brackets, without spaces.");
        }
        return with(messageId, message);
    }

    private static MimeWriter with(String messageId, EmailMessage message) {
        RawMime raw = message.content() instanceof MessageContent.Raw mime ? new RawMime(mime.bytes()) : null;
        refusal(message, raw).ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
        String own = raw == null ? null : raw.value("Message-ID").orElse(null);
        return new MimeWriter(message, null, own == null ? messageId : own, null, raw);
    }

    /**
     * Says in a sentence what MIME cannot carry of a message: a template, which SES alone renders, a header without
     * spaces to break it at in 998 characters, or raw MIME with such a line.
     */
    public static Optional<String> refusal(EmailMessage message) {
        return refusal(
                message, message.content() instanceof MessageContent.Raw mime ? new RawMime(mime.bytes()) : null);
    }

    private static Optional<String> refusal(EmailMessage message, @Nullable RawMime raw) {
        if (raw != null) {
            return raw.refusal();
        }
        if (message.content() instanceof MessageContent.Template) {
            return Optional.of(
                    "The message is a template, which only the SES API renders; send it by the API, or give it"
                            + " subject and body.");
        }
        if (isTooLong(message.fromIdentityArn()) || isTooLong(message.feedbackIdentityArn())) {
            return Optional.of("An identity's ARN has more than " + MAX_ARN
                    + " characters, and a header line carries no more; no identity of SES has such a one.");
        }
        for (MessageHeader header : message.headerFields()) {
            if (HeaderLines.longestLine(header.name(), header.value()) > MimeOutput.MAX_LINE) {
                return Optional.of("The header '" + header.name() + "' has more than " + MimeOutput.MAX_LINE
                        + " characters without a space to break the line at; shorten it.");
            }
        }
        return Optional.empty();
    }

    private static boolean isTooLong(Optional<String> arn) {
        return arn.isPresent() && arn.get().length() > MAX_ARN;
    }

    /** Returns a writer that writes this Date, to the second; raw MIME that has one keeps it. */
    public MimeWriter date(Instant time) {
        return new MimeWriter(message, time, messageId, sesTags, raw);
    }

    /**
     * Returns a writer that also writes what is a parameter of the SES API as the headers that SES reads and takes off:
     * configuration set, message tags, identity ARNs, list management and tenant.
     *
     * @param moreTags message tags besides those of the message, which they replace
     */
    public MimeWriter withSesHeaders(Map<String, String> moreTags) {
        return new MimeWriter(message, date, messageId, Map.copyOf(moreTags), raw);
    }

    /** Returns the Message-ID that is written, in angle brackets. */
    public String messageId() {
        return messageId;
    }

    /** Tells whether bytes above 127 are written, which only raw MIME holds. */
    public boolean isEightBit() {
        return raw != null && raw.isEightBit();
    }

    /**
     * Returns how many bytes will be written, without opening an attachment; at least so many if the size of one is not
     * known.
     */
    public long size() {
        try {
            MimeOutput counted = new MimeOutput(OutputStream.nullOutputStream(), 512);
            write(
                    counted,
                    (attachment, out) ->
                            out.count(Base64Content.size(attachment.size().orElse(0))));
            return counted.written();
        } catch (IOException e) {
            throw new IllegalStateException("Nothing is read or written here.", e);
        }
    }

    /**
     * Writes the message; the last line ends in CRLF. The stream is neither flushed nor closed.
     *
     * @throws AttachmentUnreadableException if an attachment cannot be read or is not as long as it was
     * @throws IOException if the stream throws it
     */
    public void writeTo(OutputStream out) throws IOException {
        MimeOutput buffered = new MimeOutput(out, BUFFER);
        write(buffered, new Base64Content()::write);
        buffered.flush();
    }

    private void write(MimeOutput out, Part.FileSink files) throws IOException {
        if (raw != null) {
            raw.write(addedToRaw(raw), out);
            return;
        }
        MessageContent.Simple content = (MessageContent.Simple) message.content();
        Part part = PartTree.of(message, content);
        writeHeaders(content, out);
        part.writeHeaders(out);
        out.crlf();
        if (part instanceof TextBody alone) {
            alone.writeAlone(out);
        } else {
            part.writeBody(out, files);
        }
    }

    private List<MessageHeader> addedToRaw(RawMime mime) {
        List<MessageHeader> added = new ArrayList<>();
        if (sesTags != null) {
            added.addAll(SesHeaders.of(message, mime.tags(), sesTags));
        }
        if (mime.value("Date").isEmpty()) {
            added.add(new MessageHeader("Date", dateValue()));
        }
        if (mime.value("Message-ID").isEmpty()) {
            added.add(new MessageHeader("Message-ID", messageId));
        }
        return added;
    }

    private void writeHeaders(MessageContent.Simple content, MimeOutput out) throws IOException {
        if (sesTags != null) {
            for (MessageHeader header : SesHeaders.of(message, Map.of(), sesTags)) {
                HeaderLines.write(out, header.name(), header.value());
            }
        }
        HeaderLines.write(out, "Date", dateValue());
        HeaderLines.write(out, "From", message.from().headerValue());
        addresses("To", message.to(), out);
        addresses("Cc", message.cc(), out);
        addresses("Reply-To", message.replyTo(), out);
        HeaderLines.write(out, "Subject", content.subjectHeaderValue());
        HeaderLines.write(out, "Message-ID", messageId);
        for (MessageHeader header : message.headerFields()) {
            HeaderLines.write(out, header.name(), header.value());
        }
        out.ascii("MIME-Version: 1.0").crlf();
    }

    private static void addresses(String name, List<EmailAddress> addresses, MimeOutput out) throws IOException {
        if (!addresses.isEmpty()) {
            String list = addresses.size() == 1
                    ? addresses.get(0).headerValue()
                    : addresses.stream().map(EmailAddress::headerValue).collect(Collectors.joining(", "));
            HeaderLines.write(out, name, list);
        }
    }

    /** By hand, for the JDK's formatter takes longer than all the rest of a short message. */
    private String dateValue() {
        LocalDateTime time = LocalDateTime.ofInstant(date == null ? Instant.now() : date, ZoneOffset.UTC);
        StringBuilder value = new StringBuilder(32)
                .append(DAYS[time.getDayOfWeek().getValue() - 1])
                .append(", ")
                .append(time.getDayOfMonth())
                .append(' ')
                .append(MONTHS[time.getMonthValue() - 1])
                .append(' ')
                .append(time.getYear());
        twoDigits(value.append(' '), time.getHour());
        twoDigits(value.append(':'), time.getMinute());
        twoDigits(value.append(':'), time.getSecond());
        return value.append(" +0000").toString();
    }

    private static void twoDigits(StringBuilder text, int number) {
        text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
