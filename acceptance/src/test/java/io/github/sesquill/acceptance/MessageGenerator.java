package io.github.sesquill.acceptance;

import io.github.sesquill.message.Attachment;
import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.EmailMessage;
import java.util.List;
import java.util.Random;

/** Writes messages that are hard to write: every script, every length, and what looks like MIME and is none. */
final class MessageGenerator {

    private static final List<String> WORDS = List.of(
            "a",
            "word",
            "Grüße",
            "你好世界",
            "שלום",
            "Привет",
            "😀",
            "naïve",
            "=?utf-8?Q?no?=",
            "=3D",
            "=",
            "\"quoted\"",
            "(comment)",
            "back\\slash",
            "a,b;c:d",
            "<tag>",
            "@",
            ".",
            "..",
            "--",
            "--=_x",
            "From",
            "%20",
            "'",
            "*",
            "\u2028",
            "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890");

    private static final List<String> ENDS =
            List.of("\n", "\r\n", "\n\n", " \n", "\t\n", "\n.\n", "\n.", "\nFrom ", "\r");

    private static final List<String> TYPES =
            List.of("application/pdf", "text/plain", "image/png", "text/html", "application/octet-stream");

    private final Random random;

    MessageGenerator(Random random) {
        this.random = random;
    }

    EmailMessage message() {
        EmailMessage.Builder message =
                EmailMessage.from(address(0)).to(address(1)).subject(line(random.nextInt(20)));
        for (int i = random.nextInt(3); i > 0; i--) {
            message.to(address(1 + i));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            message.cc(address(10 + i));
        }
        int bodies = 1 + random.nextInt(3);
        boolean html = (bodies & 2) != 0;
        if ((bodies & 1) != 0) {
            message.text(body());
        }
        if (html) {
            message.html(body());
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            Attachment file = file();
            message.attach(html && random.nextBoolean() ? file.inline("part" + i + "@acme.example") : file);
        }
        return message.build();
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private EmailAddress address(int number) {
        String address = "box" + number + "@example.com";
        String name = line(1 + random.nextInt(6));
        return random.nextInt(4) == 0 ? EmailAddress.of(address) : EmailAddress.of(cut(name, 200), address);
    }

    /** Words on one line, at times without a space between them. */
    private String line(int words) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < words; i++) {
            line.append(i == 0 || random.nextInt(5) == 0 ? "" : " ").append(one(WORDS));
        }
        return line.toString();
    }

    private String body() {
        StringBuilder body = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            body.append(line(random.nextInt(10))).append(one(ENDS));
        }
        if (random.nextInt(10) == 0) {
            body.append("x".repeat(random.nextInt(3_000)));
        }
        return body.append(line(random.nextInt(4))).toString();
    }

    private Attachment file() {
        byte[] bytes = new byte[random.nextInt(5) == 0 ? random.nextInt(3) : random.nextInt(5_000)];
        random.nextBytes(bytes);
        // mime4j takes a name that it has decoded for one that is encoded still if it holds %20 or two apostrophes.
        String name =
                cut(line(1 + random.nextInt(4)), 200).replaceAll("[%']", "").replaceAll("[. ]+$", "");
        return Attachment.of((name.isEmpty() ? "x" : name) + " .dat", bytes).contentType(one(TYPES));
    }

    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
}
