package io.github.sesquill.test.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The test file that every virus scanner takes for a virus, SES's too; as it is, or at the start of a part in base64. */
public final class Eicar {

    /** Put together here, so that no scanner takes this class for one. */
    private static final String FILE =
            String.join("", "X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR", "-STANDARD-ANTIVIRUS-TEST-FILE", "!$H+H*");

    /** The first line of the file in base64; what follows depends on what comes after it. */
    private static final String ENCODED = Base64.getEncoder()
            .encodeToString(FILE.getBytes(StandardCharsets.US_ASCII))
            .substring(0, 76);

    private Eicar() {}

    /** Returns the file. */
    public static byte[] file() {
        return FILE.getBytes(StandardCharsets.US_ASCII);
    }

    /** Tells whether it is in these bytes. */
    public static boolean isIn(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.contains(FILE) || text.contains(ENCODED);
    }

    /** Begins to look through what is written to it. */
    public static Scan scan() {
        return new Scan();
    }

    /** Counts bytes and looks for the file at their start, where it must be to be a virus. */
    public static final class Scan extends OutputStream {

        private final byte[] file = file();
        private long count;
        private boolean same = true;

        private Scan() {}

        @Override
        public void write(int b) {
            same &= count >= file.length || file[(int) count] == (byte) b;
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            for (int i = 0; i < length && count + i < file.length; i++) {
                same &= file[(int) count + i] == bytes[offset + i];
            }
            count += length;
        }

        /** Tells whether it was there. */
        public boolean found() {
            return same && count >= file.length;
        }

        /** Returns how many bytes were written. */
        public long count() {
            return count;
        }
    }

    /**
     * Tells whether a stream begins with it, and reads all of it.
     *
     * @throws IOException if the stream does
     */
    public static boolean begins(InputStream stream) throws IOException {
        Scan scan = scan();
        stream.transferTo(scan);
        return scan.found();
    }
}
