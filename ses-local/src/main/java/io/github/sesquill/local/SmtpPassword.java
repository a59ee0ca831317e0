package io.github.sesquill.local;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The user and the password of SMTP, which SES derives from an access key (SES Developer Guide, "SMTP credentials"). */
record SmtpPassword(String user, String password) {

    private static final byte VERSION = 0x04;

    static SmtpPassword derive(String accessKeyId, String secretAccessKey, String region) {
        byte[] key = ("AWS4" + secretAccessKey).getBytes(StandardCharsets.UTF_8);
        for (String message : List.of("11111111", region, "ses", "aws4_request", "SendRawEmail")) {
            key = hmac(key, message);
        }
        byte[] versioned = new byte[key.length + 1];
        versioned[0] = VERSION;
        System.arraycopy(key, 0, versioned, 1, key.length);
        return new SmtpPassword(accessKeyId, Base64.getEncoder().encodeToString(versioned));
    }

    private static byte[] hmac(byte[] key, String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no HmacSHA256.", e);
        }
    }

    boolean is(String givenUser, String givenPassword) {
        return MessageDigest.isEqual(bytes(user + '\0' + password), bytes(givenUser + '\0' + givenPassword));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "SmtpPassword[" + user + "]";
    }
}
