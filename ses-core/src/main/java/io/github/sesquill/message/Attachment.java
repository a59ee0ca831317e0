package io.github.sesquill.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A file that goes with a message, or an image that its HTML shows.
 *
 * <pre>{@code
 * Attachment.of(Path.of("receipt.pdf"));
 * Attachment.of("receipt.pdf", bytes).contentType("application/pdf");
 * Attachment.of("receipt.pdf", () -> storage.open("receipts/17"));     // opened when it is sent
 * Attachment.of(Path.of("logo.png")).inline("logo");                   // <img src="cid:logo">
 * }</pre>
 *
 * <p>The content type is guessed from the file name, {@code application/octet-stream} if it says nothing. The content
 * is read when the message is sent, and again if the send is repeated. File names have 1 to 255 characters; types that
 * SES refuses (SES Developer Guide, "SES unsupported attachment types") are refused here.
 *
 * <p>Immutable; thread-safe if the source is. Bytes are copied. Equal if name, type, Content-ID and content are, where
 * files are compared by path and sources by identity.
 */
public final class Attachment {

    /** Opens the content; called once for each attempt, by the sending thread, which closes the stream. */
    @FunctionalInterface
    public interface Source {

        /**
         * Opens the content from its beginning.
         *
         * @throws IOException if it cannot be read; the message is then not sent
         */
        InputStream open() throws IOException;
    }

    private final String fileName;
    private final String contentType;
    private final @Nullable String contentId;
    private final Content content;

    private Attachment(String fileName, String contentType, @Nullable String contentId, Content content) {
        this.fileName = fileName;
        this.contentType = contentType;
        this.contentId = contentId;
        this.content = content;
    }

    /**
     * Attaches a file under its own name.
     *
     * @throws IllegalArgumentException if it is not a readable file, or of a type that SES refuses
     */
    public static Attachment of(Path file) {
        Path name = file.getFileName();
        return of(name == null ? "" : name.toString(), new FileContent(file));
    }

    /** Attaches bytes, which are copied. */
    public static Attachment of(String fileName, byte[] bytes) {
        return of(fileName, new ByteContent(bytes.clone()));
    }

    /** Attaches what a source gives when the message is sent; its size is known only then. */
    public static Attachment of(String fileName, Source source) {
        return of(fileName, new SourceContent(source));
    }

    private static Attachment of(String fileName, Content content) {
        String checked = AttachmentRules.fileName(fileName);
        content.check();
        return new Attachment(checked, AttachmentRules.guessedType(checked), null, content);
    }

    /**
     * Returns a copy with a content type instead of the guessed one, such as {@code text/csv; charset=utf-8}.
     *
     * @throws IllegalArgumentException if it is not a MIME type of at most 78 characters (RFC 2045 section 5.1)
     */
    public Attachment contentType(String type) {
        return new Attachment(fileName, AttachmentRules.contentType(type), contentId, content);
    }

    /**
     * Returns a copy that the HTML shows where it says {@code cid:} and this id.
     *
     * @param contentId 1 to 76 characters of letters, digits and {@code !#$%&'*+-/=?^_`{|}~.@}, without angle brackets
     * @throws IllegalArgumentException if the id is not of that form
     */
    public Attachment inline(String contentId) {
        return new Attachment(fileName, contentType, AttachmentRules.contentId(contentId), content);
    }

    /** Returns the name the recipient sees. */
    public String fileName() {
        return fileName;
    }

    /** Returns the MIME type. */
    public String contentType() {
        return contentType;
    }

    /** Returns the Content-ID without angle brackets; present for inline parts. */
    public Optional<String> contentId() {
        return Optional.ofNullable(contentId);
    }

    /** Tells whether the HTML shows it. */
    public boolean isInline() {
        return contentId != null;
    }

    /** Returns the size in bytes before encoding, if it can be known without opening the content. */
    public OptionalLong size() {
        return content.size();
    }

    /**
     * Opens the content; the caller closes it.
     *
     * @throws IOException if it cannot be read
     */
    public InputStream open() throws IOException {
        return content.open();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Attachment that
                && fileName.equals(that.fileName)
                && contentType.equals(that.contentType)
                && Objects.equals(contentId, that.contentId)
                && content.equals(that.content);
    }

    @Override
    public int hashCode() {
        return Objects.hash(fileName, contentType, contentId, content);
    }

    /** Returns type and size; names are the user's and stay out of logs. */
    @Override
    public String toString() {
        return "Attachment[" + contentType + (size().isPresent() ? ", " + size().getAsLong() + " bytes]" : "]");
    }

    private sealed interface Content {

        InputStream open() throws IOException;

        default OptionalLong size() {
            return OptionalLong.empty();
        }

        default void check() {}
    }

    private record FileContent(Path file) implements Content {

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }

        @Override
        public OptionalLong size() {
            try {
                return OptionalLong.of(Files.size(file));
            } catch (IOException e) {
                return OptionalLong.empty();
            }
        }

        @Override
        public void check() {
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                throw new IllegalArgumentException("The attachment '" + file + "' is not a file that can be read.");
            }
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by content below
    private record ByteContent(byte[] bytes) implements Content {

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public OptionalLong size() {
            return OptionalLong.of(bytes.length);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ByteContent that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    private record SourceContent(Source source) implements Content {

        @Override
        public InputStream open() throws IOException {
            return source.open();
        }
    }
}
