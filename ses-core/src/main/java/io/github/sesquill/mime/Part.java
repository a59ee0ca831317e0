package io.github.sesquill.mime;

import io.github.sesquill.message.Attachment;
import java.io.IOException;

/** One part of a message: its Content headers and its body, which ends with the CRLF that belongs to a boundary. */
sealed interface Part permits TextBody, FilePart, Multipart {

    void writeHeaders(MimeOutput out) throws IOException;

    void writeBody(MimeOutput out, FileSink files) throws IOException;

    /** Writes the content of an attachment, or pretends to. */
    @FunctionalInterface
    interface FileSink {

        void write(Attachment attachment, MimeOutput out) throws IOException;
    }
}
