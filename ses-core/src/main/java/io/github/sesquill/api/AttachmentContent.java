package io.github.sesquill.api;

import io.github.sesquill.message.Attachment;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import software.amazon.awssdk.core.SdkBytes;

/** Reads attachments into exactly one array each, before anything is said to SES. */
final class AttachmentContent {

    private AttachmentContent() {}

    /**
     * Reads an attachment whole.
     *
     * @throws UnsendableException if it cannot be read, is larger than a message may be, or is not as long as it was
     */
    static SdkBytes read(Attachment attachment) throws UnsendableException {
        OptionalLong size = attachment.size();
        if (size.orElse(0) > Limits.MAX_BYTES) {
            throw tooLarge(attachment);
        }
        try (InputStream content = attachment.open()) {
            byte[] bytes = size.isPresent()
                    ? exactly((int) size.getAsLong(), content, attachment)
                    : atMost(Limits.MAX_BYTES, content, attachment);
            return SdkBytes.fromByteArrayUnsafe(bytes);
        } catch (IOException | RuntimeException e) {
            throw new UnsendableException("The attachment '" + attachment.fileName() + "' cannot be read: " + e, e);
        }
    }

    private static byte[] exactly(int size, InputStream content, Attachment attachment)
            throws IOException, UnsendableException {
        byte[] bytes = new byte[size];
        if (content.readNBytes(bytes, 0, size) < size || content.read() >= 0) {
            throw new UnsendableException("The attachment '" + attachment.fileName() + "' is not the " + size
                    + " bytes long that it was when it was opened; write the file completely before it is sent.");
        }
        return bytes;
    }

    private static byte[] atMost(int limit, InputStream content, Attachment attachment)
            throws IOException, UnsendableException {
        byte[] bytes = content.readNBytes(limit);
        if (content.read() >= 0) {
            throw tooLarge(attachment);
        }
        return bytes;
    }

    private static UnsendableException tooLarge(Attachment attachment) {
        return new UnsendableException("The attachment '" + attachment.fileName() + "' alone is larger than the "
                + Limits.MAX_BYTES + " bytes that SES takes; send a link to it.");
    }
}
