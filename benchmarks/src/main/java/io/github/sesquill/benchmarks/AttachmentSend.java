package io.github.sesquill.benchmarks;

import io.github.sesquill.SesMailer;
import io.github.sesquill.message.EmailMessage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.Attachment;
import software.amazon.awssdk.services.sesv2.model.Message;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;

/**
 * A program that sends one file as an attachment and ends with 0 if that worked: {@code raw|mailer ENDPOINT FILE}. How
 * small its heap can be is for whoever starts it to find.
 */
final class AttachmentSend {

    private AttachmentSend() {}

    public static void main(String[] args) throws IOException {
        RawClient.provideCredentials();
        URI endpoint = URI.create(args[1]);
        Path file = Path.of(args[2]);
        if (args[0].equals("raw")) {
            sendRaw(endpoint, file);
        } else {
            sendMailer(endpoint, file);
        }
    }

    private static void sendRaw(URI endpoint, Path file) throws IOException {
        try (SesV2Client client = RawClient.of(endpoint)) {
            Message message = simple(file);
            client.sendEmail(SendEmailRequest.builder()
                    .fromEmailAddress(SampleMail.FROM)
                    .destination(to -> to.toAddresses(SampleMail.TO))
                    .content(content -> content.simple(message))
                    .build());
        }
    }

    private static Message simple(Path file) throws IOException {
        Attachment attachment = Attachment.builder()
                // Without a copy: the best that the client can do.
                .rawContent(SdkBytes.fromByteArrayUnsafe(Files.readAllBytes(file)))
                .fileName("report.pdf")
                .contentType("application/pdf")
                .contentTransferEncoding("BASE64")
                .build();
        return Message.builder()
                .subject(subject -> subject.data(SampleMail.SUBJECT))
                .body(body -> body.text(text -> text.data("Here it is.")))
                .attachments(attachment)
                .build();
    }

    private static void sendMailer(URI endpoint, Path file) {
        try (SesMailer mailer = ApiSpeed.mailer(endpoint)) {
            mailer.send(EmailMessage.from(SampleMail.FROM)
                    .to(SampleMail.TO)
                    .subject(SampleMail.SUBJECT)
                    .text("Here it is.")
                    .attach(file)
                    .build());
        }
    }
}
