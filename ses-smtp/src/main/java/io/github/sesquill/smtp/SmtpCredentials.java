package io.github.sesquill.smtp;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A user name and password for the SMTP interface, which are not the keys of the API.
 *
 * <pre>{@code
 * SmtpCredentials.of(username, password);                           // as the SES console shows them
 * SmtpCredentials.fromIamKey(accessKeyId, secretAccessKey);         // derived for the region of the transport
 * }</pre>
 *
 * <p>They belong to one region. The IAM user needs {@code ses:SendRawEmail}. Immutable and thread-safe; neither
 * {@code toString} nor any message shows the password.
 */
public final class SmtpCredentials {

    private static final byte VERSION = 4;

    private final String username;
    private final String secret;
    private final boolean derived;

    private SmtpCredentials(String username, String secret, boolean derived) {
        this.username = checked("user name", username);
        this.secret = checked("password", secret);
        this.derived = derived;
    }

    /**
     * Takes a user name and password as they are.
     *
     * @throws IllegalArgumentException if one is empty or holds control characters
     */
    public static SmtpCredentials of(String username, String password) {
        return new SmtpCredentials(username, password, false);
    }

    /**
     * Derives the password from the key of an IAM user, for the region of the transport that uses it (SES Developer
     * Guide, "Obtaining Amazon SES SMTP credentials by converting existing AWS credentials").
     *
     * @throws IllegalArgumentException if one is empty, or the key is a temporary one, which SMTP does not take
     */
    public static SmtpCredentials fromIamKey(String accessKeyId, String secretAccessKey) {
        if (accessKeyId.startsWith("ASIA")) {
            throw new IllegalArgumentException(
                    "A temporary access key cannot be used for SMTP; use one of an IAM user, or send by the API.");
        }
        return new SmtpCredentials(accessKeyId, secretAccessKey, true);
    }

    private static String checked(String what, String value) {
        if (value.isEmpty() || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "The " + what + " of SMTP must not be empty or hold control characters.");
        }
        return value;
    }

    /** Returns the user name; the access key id if the password is derived. */
    public String username() {
        return username;
    }

    /** Tells whether a region is needed to know the password. */
    boolean needsRegion() {
        return derived;
    }

    String password(@Nullable String region) {
        return derived ? passwordFor(Objects.requireNonNull(region, "region")) : secret;
    }

    private String passwordFor(String region) {
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        // The date is not today's but a fixed one, so that the password does not change.
        for (String message : new String[] {"11111111", region, "ses", "aws4_request", "SendRawEmail"}) {
            key = hmac(key, message);
        }
        byte[] password = new byte[key.length + 1];
        password[0] = VERSION;
        System.arraycopy(key, 0, password, 1, key.length);
        return Base64.getEncoder().encodeToString(password);
    }

    private static byte[] hmac(byte[] key, String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256.", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SmtpCredentials that
                && username.equals(that.username)
                && secret.equals(that.secret)
                && derived == that.derived;
    }

    @Override
    public int hashCode() {
        return Objects.hash(username, derived);
    }

    /** Returns the beginning of the user name; nothing of the password. */
    @Override
    public String toString() {
        return "SmtpCredentials[" + username.substring(0, Math.min(4, username.length())) + "…]";
    }
}
