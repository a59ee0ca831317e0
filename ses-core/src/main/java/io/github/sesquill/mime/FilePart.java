package io.github.sesquill.mime;

import io.github.sesquill.message.Attachment;
import java.io.IOException;

/** An attachment or inline part, always in base64 so that it arrives byte for byte. */
record FilePart(Attachment attachment) implements Part {

    @Override
    public void writeHeaders(MimeOutput out) throws IOException {
        String name = attachment.fileName();
        HeaderLines.write(out, "Content-Type", type(), MimeParameter.encodedWords("name", name));
        out.ascii("Content-Transfer-Encoding: base64").crlf();
        String disposition = attachment.isInline() ? "inline" : "attachment";
        HeaderLines.write(out, "Content-Disposition", disposition, MimeParameter.extended("filename", name));
        if (attachment.isInline()) {
            out.ascii("Content-ID: <")
                    .ascii(attachment.contentId().orElseThrow())
                    .ascii(">")
                    .crlf();
        }
    }

    /** A part of type message must not be in base64 (RFC 2046 section 5.2.1); as a file it may be. */
    private String type() {
        String type = attachment.contentType();
        return type.regionMatches(true, 0, "message/", 0, 8) ? "application/octet-stream" : type;
    }

    @Override
    public void writeBody(MimeOutput out, FileSink files) throws IOException {
        files.write(attachment, out);
    }
}
