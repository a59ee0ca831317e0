package io.github.sesquill.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** Reads the body of a request up to a limit; what is longer is never held. */
final class RequestBody {

    private static final int BUFFER = 8192;
    private static final int SMALL = 1024 * 1024;
    /** How many long ones are held at once, whoever sends them. */
    private static final int LONG_ONES = 8;
    /** How much of a refused body is read and thrown away, so that the caller reads the answer before the end. */
    private static final int SKIPPED = 4 * 1024 * 1024;

    private final Semaphore room = new Semaphore(LONG_ONES, true);

    /** Works with a body in hand. */
    interface Work {

        Reply with(byte[] body) throws IOException;
    }

    /**
     * Reads it and does the work.
     *
     * @throws ProblemException if it is too long or encoded
     */
    Reply read(ClassicHttpRequest request, int limit, Work work) throws IOException {
        HttpEntity entity = request.getEntity();
        if (entity == null) {
            return work.with(new byte[0]);
        }
        if (entity.getContentEncoding() != null) {
            throw refused(request, 415, "A body with Content-Encoding is not taken.");
        }
        if (entity.getContentLength() > limit) {
            throw tooLong(request, limit);
        }
        if (limit <= SMALL) {
            return work.with(bytes(request, entity, limit));
        }
        room.acquireUninterruptibly();
        try {
            return work.with(bytes(request, entity, limit));
        } finally {
            room.release();
        }
    }

    private static byte[] bytes(ClassicHttpRequest request, HttpEntity entity, int limit) throws IOException {
        int expected = (int) Math.max(0, Math.min(limit, entity.getContentLength()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.max(expected, BUFFER));
        byte[] buffer = new byte[BUFFER];
        // Not closed here: that would read a refused body to its end.
        InputStream in = entity.getContent();
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            if (bytes.size() + count > limit) {
                throw tooLong(request, limit);
            }
            bytes.write(buffer, 0, count);
        }
        return bytes.toByteArray();
    }

    private static ProblemException tooLong(ClassicHttpRequest request, int limit) {
        return refused(
                request,
                413,
                limit == 0 ? "This takes no body." : "The body is longer than the " + limit + " bytes taken here.");
    }

    private static ProblemException refused(ClassicHttpRequest request, int status, String sentence) {
        request.setEntity(new Skipped(request.getEntity()));
        return new ProblemException(status, sentence);
    }

    /** A body of which the beginning is thrown away and the rest not read. */
    private static final class Skipped extends HttpEntityWrapper {

        Skipped(HttpEntity body) {
            super(body);
        }

        @Override
        public InputStream getContent() throws IOException {
            byte[] buffer = new byte[BUFFER];
            InputStream in = super.getContent();
            int skipped = 0;
            for (int count = in.read(buffer); count >= 0 && skipped < SKIPPED; count = in.read(buffer)) {
                skipped += count;
            }
            return InputStream.nullInputStream();
        }
    }
}
