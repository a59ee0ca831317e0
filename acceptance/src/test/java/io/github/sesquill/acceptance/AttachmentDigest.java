package io.github.sesquill.acceptance;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** Decodes the one attachment in base64 of a message that passes, line by line, and keeps its length and digest alone. */
final class AttachmentDigest {

    private final MessageDigest sha256;
    private final StringBuilder line = new StringBuilder();
    private boolean ofAttachment;
    private boolean inBody;
    private long length;

    AttachmentDigest() {
        sha256 = sha256();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256.", e);
        }
    }

    /** Notes the next byte of the message. */
    void next(int octet) {
        if (octet == '\n') {
            line(line.toString().strip());
            line.setLength(0);
        } else {
            line.append((char) octet);
        }
    }

    private void line(String text) {
        if (text.startsWith("--")) {
            ofAttachment = false;
            inBody = false;
        } else if (text.startsWith("Content-Disposition: attachment")) {
            ofAttachment = true;
        } else if (text.isEmpty()) {
            inBody = ofAttachment;
        } else if (inBody) {
            byte[] decoded = Base64.getDecoder().decode(text.getBytes(StandardCharsets.US_ASCII));
            sha256.update(decoded);
            length += decoded.length;
        }
    }

    long length() {
        return length;
    }

    /** Returns the digest of all that came, in hex, and begins anew. */
    String hex() {
        return HexFormat.of().formatHex(sha256.digest());
    }
}
