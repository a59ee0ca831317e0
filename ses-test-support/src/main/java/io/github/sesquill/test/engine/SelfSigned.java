package io.github.sesquill.test.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * An RSA key and a certificate that it signed itself: for TLS on loopback, and for notifications that a test verifies.
 *
 * <p>The JDK makes keys but no certificates, so this writes the few structures of RFC 5280 that one needs, in DER.
 */
public final class SelfSigned {

    private static final int KEY_BITS = 2048;
    private static final int SERIAL_BITS = 127;
    private static final int DAYS_VALID = 397;

    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int UTF8_STRING = 0x0c;
    private static final int UTC_TIME = 0x17;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int VERSION = 0xa0;
    private static final int EXTENSIONS = 0xa3;
    private static final int DNS_NAME = 0x82;
    private static final int IP_ADDRESS = 0x87;

    private static final byte[] V3 = {2};
    private static final byte[] COMMON_NAME = {0x55, 0x04, 0x03};
    private static final byte[] SUBJECT_ALT_NAME = {0x55, 0x1d, 0x11};
    /** sha256WithRSAEncryption, 1.2.840.113549.1.1.11, and its NULL (RFC 4055, 5). */
    private static final byte[] SHA256_WITH_RSA = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x0b, 0x05, 0x00
    };

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private final PrivateKey key;
    private final X509Certificate certificate;

    private SelfSigned(PrivateKey key, X509Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /**
     * Makes a key and its certificate, valid from a day before to 397 days after.
     *
     * @param commonName the subject, and the first of its alternative names
     * @param addresses what else it is valid for
     */
    public static SelfSigned of(String commonName, List<InetAddress> addresses, Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            KeyPair pair = generator.generateKeyPair();
            byte[] content = content(pair, commonName, addresses, now);
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(content);
            byte[] der = der(SEQUENCE, content, SHA256_WITH_RSA, bits(signature.sign()));
            return new SelfSigned(pair.getPrivate(), (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK makes no RSA key with a certificate.", e);
        }
    }

    private static byte[] content(KeyPair pair, String commonName, List<InetAddress> addresses, Instant now) {
        byte[] name = der(
                SEQUENCE,
                der(SET, der(SEQUENCE, der(OBJECT_IDENTIFIER, COMMON_NAME), der(UTF8_STRING, ascii(commonName)))));
        byte[] validity =
                der(SEQUENCE, time(now.minus(1, ChronoUnit.DAYS)), time(now.plus(DAYS_VALID, ChronoUnit.DAYS)));
        byte[] serial =
                new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(0).toByteArray();
        return der(
                SEQUENCE,
                der(VERSION, der(INTEGER, V3)),
                der(INTEGER, serial),
                SHA256_WITH_RSA,
                name,
                validity,
                name,
                pair.getPublic().getEncoded(),
                der(EXTENSIONS, der(SEQUENCE, alternativeNames(commonName, addresses))));
    }

    private static byte[] alternativeNames(String commonName, List<InetAddress> addresses) {
        List<byte[]> names = new ArrayList<>();
        names.add(der(DNS_NAME, ascii(commonName)));
        addresses.forEach(address -> names.add(der(IP_ADDRESS, address.getAddress())));
        return der(
                SEQUENCE,
                der(OBJECT_IDENTIFIER, SUBJECT_ALT_NAME),
                der(OCTET_STRING, der(SEQUENCE, names.toArray(byte[][]::new))));
    }

    private static byte[] time(Instant instant) {
        return der(UTC_TIME, ascii(UTC.format(instant)));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Wraps whole bytes: no bit of the last one is unused. */
    private static byte[] bits(byte[] bytes) {
        return der(BIT_STRING, new byte[] {0}, bytes);
    }

    private static byte[] der(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 6);
        out.write(tag);
        writeLength(out, length);
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static void writeLength(ByteArrayOutputStream out, int length) {
        if (length < 0x80) {
            out.write(length);
            return;
        }
        byte[] bytes = BigInteger.valueOf(length).toByteArray();
        int skipped = bytes[0] == 0 ? 1 : 0;
        out.write(0x80 | bytes.length - skipped);
        out.write(bytes, skipped, bytes.length - skipped);
    }

    /** Returns the private key. */
    public PrivateKey key() {
        return key;
    }

    /** Returns the certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** Returns the certificate as PEM, as files of trusted certificates hold it. */
    public String pem() {
        try {
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The certificate cannot be encoded.", e);
        }
    }
}
