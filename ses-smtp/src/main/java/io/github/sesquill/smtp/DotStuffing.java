package io.github.sesquill.smtp;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A message on its way into the wire: a dot at the beginning of a line is doubled (RFC 5321 section 4.5.2) and every line
 * ends in CRLF, wherever the chunks are cut, so that nothing in a message can be taken for its end.
 */
final class DotStuffing extends OutputStream {

    private final OutputStream wire;
    private final long limit;
    private long taken;
    private boolean afterCr;
    private boolean atLineStart = true;

    DotStuffing(OutputStream wire, long limit) {
        this.wire = wire;
        this.limit = limit;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        taken += length;
        if (taken > limit) {
            throw new TooLargeException();
        }
        int run = from;
        int to = from + length;
        for (int i = from; i < to; i++) {
            byte octet = bytes[i];
            if (afterCr && octet != '\n') {
                run = interposed('\n', bytes, run, i);
                afterCr = false;
                atLineStart = true;
            }
            if (octet == '\n') {
                run = afterCr ? run : interposed('\r', bytes, run, i);
                afterCr = false;
                atLineStart = true;
            } else if (octet == '\r') {
                afterCr = true;
                atLineStart = false;
            } else if (atLineStart) {
                run = octet == '.' ? interposed('.', bytes, run, i) : run;
                atLineStart = false;
            }
        }
        wire.write(bytes, run, to - run);
    }

    private int interposed(char octet, byte[] bytes, int run, int at) throws IOException {
        wire.write(bytes, run, at - run);
        wire.write(octet);
        return at;
    }

    /** Ends the last line, if the message did not; the end of data may follow. */
    void endLine() throws IOException {
        if (afterCr) {
            wire.write('\n');
        } else if (!atLineStart) {
            wire.write('\r');
            wire.write('\n');
        }
        afterCr = false;
        atLineStart = true;
    }

    /** The message turned out to be larger than SES takes. */
    static final class TooLargeException extends IOException {

        private static final long serialVersionUID = 1;
    }
}
