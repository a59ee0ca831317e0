package io.github.sesquill.benchmarks;

import io.github.sesquill.message.Attachment;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.mime.MimeWriter;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A message as MIME: short text against Angus at its best, and 100 KB attached against base64 and a copy of it. */
final class MimeSpeed {

    private static final int BATCH = 100;
    private static final int ATTACHED = 100_000;
    private static final String TEXT = "Thank you for your order; it is on its way to you.\n";

    private MimeSpeed() {}

    static void run(Scale scale, Report report) throws Exception {
        text(scale, report);
        attachment(scale, report);
    }

    private static Variant.Operation hundredTimes(Variant.Operation operation) {
        return () -> {
            for (int i = 0; i < BATCH; i++) {
                operation.run();
            }
        };
    }

    private static void text(Scale scale, Report report) throws Exception {
        Session session = Session.getInstance(new Properties());
        EmailMessage message = EmailMessage.from(SampleMail.FROM)
                .to(SampleMail.TO)
                .subject(SampleMail.SUBJECT)
                .text(TEXT)
                .build();
        List<Variant> variants = List.of(
                new Variant("Angus, tuned", hundredTimes(() -> writeByAngus(session))),
                new Variant(
                        "Sesquill",
                        hundredTimes(() -> MimeWriter.of(message).writeTo(OutputStream.nullOutputStream()))));
        new PairedReport(
                        report,
                        "MIME, text only, 100 messages",
                        Map.of(Metric.THROUGHPUT, Aim.atLeast(10), Metric.ALLOCATION, Aim.atMost(0)))
                .print(scale.smtp().run(variants, 1));
    }

    private static void writeByAngus(Session session) throws Exception {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(SampleMail.FROM));
        message.setRecipient(RecipientType.TO, new InternetAddress(SampleMail.TO));
        message.setSubject(SampleMail.SUBJECT, "UTF-8");
        message.setText(TEXT, "UTF-8");
        message.saveChanges();
        message.writeTo(OutputStream.nullOutputStream());
    }

    private static void attachment(Scale scale, Report report) throws Exception {
        byte[] bytes = new byte[ATTACHED];
        byte[] logo = Arrays.copyOf(bytes, 1_000);
        EmailMessage message = EmailMessage.from(SampleMail.FROM)
                .to(SampleMail.TO)
                .subject(SampleMail.SUBJECT)
                .text(SampleMail.TEXT)
                .html(SampleMail.HTML)
                .attach(Attachment.of("logo.png", logo).inline("logo"))
                .attach(Attachment.of("receipt.pdf", bytes))
                .build();
        byte[] encoded = new byte[(ATTACHED + 2) / 3 * 4];
        ByteArrayOutputStream out = new ByteArrayOutputStream(2 * ATTACHED);
        List<Variant> variants = List.of(
                new Variant("base64 and copy", hundredTimes(() -> {
                    out.reset();
                    Base64.getEncoder().encode(bytes, encoded);
                    out.write(encoded, 0, encoded.length);
                })),
                new Variant("Sesquill", hundredTimes(() -> {
                    out.reset();
                    MimeWriter.of(message).writeTo(out);
                })));
        new PairedReport(
                        report,
                        "MIME, text, HTML, inline image and 100 KB attached, 100 messages",
                        Map.of(Metric.THROUGHPUT, Aim.atLeast(1 / 2.7)))
                .print(scale.smtp().run(variants, 1));
    }
}
