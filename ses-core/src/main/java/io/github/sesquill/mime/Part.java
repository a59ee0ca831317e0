package io.github.sesquill.mime;

import io.github.sesquill.message.Attachment;
import java.io.IOException;
import java.util.List;

/** One part of a message: its Content headers and its body, which ends with the CRLF that belongs to a boundary. */
sealed interface Part permits TextBody, FilePart, Multipart {

    void writeHeaders(MimeOutput out) throws IOException;

    void writeBody(MimeOutput out, FileSink files) throws IOException;

    /** Tells whether a line of it could be taken for this boundary. */
    boolean mayHold(String boundary);

    /** Writes the content of an attachment, or pretends to. */
    @FunctionalInterface
    interface FileSink {

        void write(Attachment attachment, MimeOutput out) throws IOException;
    }
}

/** An attachment or inline part, always in base64 so that it arrives byte for byte. */
record FilePart(Attachment attachment) implements Part {

    @Override
    public void writeHeaders(MimeOutput out) throws IOException {
        String name = attachment.fileName();
        HeaderLines.write(out, "Content-Type", type() + MimeParameter.encodedWords("name", name));
        out.ascii("Content-Transfer-Encoding: base64").crlf();
        String disposition = attachment.isInline() ? "inline" : "attachment";
        HeaderLines.write(out, "Content-Disposition", disposition + MimeParameter.extended("filename", name));
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

    @Override
    public boolean mayHold(String boundary) {
        return false;
    }
}

/** Parts between boundaries. */
record Multipart(String subtype, String boundary, List<Part> parts) implements Part {

    @Override
    public void writeHeaders(MimeOutput out) throws IOException {
        out.ascii("Content-Type: multipart/").ascii(subtype).ascii(";").crlf();
        out.ascii(" boundary=\"").ascii(boundary).ascii("\"").crlf();
    }

    @Override
    public void writeBody(MimeOutput out, FileSink files) throws IOException {
        for (Part part : parts) {
            out.ascii("--").ascii(boundary).crlf();
            part.writeHeaders(out);
            out.crlf();
            part.writeBody(out, files);
        }
        out.ascii("--").ascii(boundary).ascii("--").crlf();
    }

    @Override
    public boolean mayHold(String other) {
        return parts.stream().anyMatch(part -> part.mayHold(other));
    }
}
