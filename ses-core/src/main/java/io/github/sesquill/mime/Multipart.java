package io.github.sesquill.mime;

import java.io.IOException;
import java.util.List;

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
}
