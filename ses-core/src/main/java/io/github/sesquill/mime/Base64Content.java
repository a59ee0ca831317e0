package io.github.sesquill.mime;

import io.github.sesquill.message.Attachment;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Attachments in base64, from their source through three small buffers that all parts of a message share. */
final class Base64Content {

    private static final int LINE_BYTES = 57;
    private static final int LINE = LINE_BYTES / 3 * 4;
    private static final int LINES = 64;
    private static final int BLOCK = LINE_BYTES * LINES;

    /** Made for the first attachment: most messages have none. */
    private @Nullable Buffers buffers;

    private static final class Buffers {

        final byte[] block = new byte[BLOCK];
        final byte[] encoded = new byte[LINE * LINES];
        final byte[] lines = new byte[(LINE + 2) * LINES];
    }

    /** Writes an attachment in lines of 76, or only counts them. */
    void write(Attachment attachment, MimeOutput out) throws IOException {
        OptionalLong expected = attachment.size();
        long read;
        try (InputStream content = new ReadingFrom(attachment)) {
            read = copy(content, out);
        }
        if (expected.isPresent() && expected.getAsLong() != read) {
            throw new AttachmentUnreadableException(
                    "The attachment '" + attachment.fileName() + "' is not the " + expected.getAsLong()
                            + " bytes long that it was when it was opened; write the file completely before it is sent.");
        }
        if (read == 0) {
            out.crlf();
        }
    }

    private long copy(InputStream content, MimeOutput out) throws IOException {
        if (buffers == null) {
            buffers = new Buffers();
        }
        byte[] from = buffers.block;
        byte[] encoded = buffers.encoded;
        byte[] lines = buffers.lines;
        long read = 0;
        int some = content.readNBytes(from, 0, BLOCK);
        while (some == BLOCK) {
            Base64.getEncoder().encode(from, encoded);
            out.octets(lines, 0, broken(encoded, encoded.length, lines));
            read += some;
            some = content.readNBytes(from, 0, BLOCK);
        }
        if (some > 0) {
            int length = Base64.getEncoder().encode(Arrays.copyOf(from, some), encoded);
            out.octets(lines, 0, broken(encoded, length, lines));
        }
        return read + some;
    }

    /** Breaks what was encoded into lines; returns how long they are. */
    private static int broken(byte[] encoded, int length, byte[] lines) {
        int to = 0;
        for (int from = 0; from < length; from += LINE) {
            int some = Math.min(LINE, length - from);
            System.arraycopy(encoded, from, lines, to, some);
            lines[to + some] = '\r';
            lines[to + some + 1] = '\n';
            to += some + 2;
        }
        return to;
    }

    /** Returns how much the lines of so many bytes take. */
    static long size(long bytes) {
        long characters = (bytes + 2) / 3 * 4;
        return bytes == 0 ? 2 : characters + (characters + LINE - 1) / LINE * 2;
    }

    /** Reads the source, and says of whatever it throws that it was the source. */
    private static final class ReadingFrom extends InputStream {

        private final Attachment attachment;
        private final InputStream source;

        ReadingFrom(Attachment attachment) throws AttachmentUnreadableException {
            this.attachment = attachment;
            try {
                this.source = attachment.open();
            } catch (IOException | RuntimeException e) {
                throw failed(e);
            }
        }

        private AttachmentUnreadableException failed(Exception cause) {
            return new AttachmentUnreadableException(
                    "The attachment '" + attachment.fileName() + "' cannot be read: " + cause, cause);
        }

        @Override
        public int read() throws IOException {
            throw new UnsupportedOperationException("read in blocks");
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            try {
                return source.read(into, from, length);
            } catch (IOException | RuntimeException e) {
                throw failed(e);
            }
        }

        @Override
        public int readNBytes(byte[] into, int from, int length) throws IOException {
            int read = 0;
            while (read < length) {
                int some = read(into, from + read, length - read);
                if (some < 0) {
                    return read;
                }
                read += some;
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            try {
                source.close();
            } catch (IOException | RuntimeException e) {
                throw failed(e);
            }
        }
    }
}
