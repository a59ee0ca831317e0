package io.github.sesquill.api;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.MessageContent;
import io.github.sesquill.transport.EmailTransport.Attempt;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sesv2.model.Attachment;
import software.amazon.awssdk.services.sesv2.model.AttachmentContentDisposition;
import software.amazon.awssdk.services.sesv2.model.AttachmentContentTransferEncoding;
import software.amazon.awssdk.services.sesv2.model.Body;
import software.amazon.awssdk.services.sesv2.model.Content;
import software.amazon.awssdk.services.sesv2.model.Destination;
import software.amazon.awssdk.services.sesv2.model.EmailContent;
import software.amazon.awssdk.services.sesv2.model.EmailTemplateContent;
import software.amazon.awssdk.services.sesv2.model.ListManagementOptions;
import software.amazon.awssdk.services.sesv2.model.Message;
import software.amazon.awssdk.services.sesv2.model.MessageHeader;
import software.amazon.awssdk.services.sesv2.model.MessageTag;
import software.amazon.awssdk.services.sesv2.model.RawMessage;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.Template;

/** Says a message in the words of {@code SendEmail}. */
final class RequestMapping {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private RequestMapping() {}

    /**
     * Makes the request of one attempt; attachments are read now.
     *
     * @throws UnsendableException if an attachment cannot be read or raw MIME has malformed tags
     */
    static SendEmailRequest.Builder request(EmailMessage message, String attemptId) throws UnsendableException {
        Map<String, String> tags = new LinkedHashMap<>();
        SendEmailRequest.Builder request = SendEmailRequest.builder()
                .fromEmailAddress(message.from().headerValue())
                .destination(destination(message))
                .content(content(message, tags));
        tags.putAll(message.tags());
        tags.put(Attempt.TAG, attemptId);
        request.emailTags(tags.entrySet().stream().map(RequestMapping::tag).toList());
        options(message, request);
        return request;
    }

    static Destination destination(EmailMessage message) {
        Destination.Builder destination = Destination.builder().toAddresses(headerValues(message.to()));
        if (!message.cc().isEmpty()) {
            destination.ccAddresses(headerValues(message.cc()));
        }
        if (!message.bcc().isEmpty()) {
            destination.bccAddresses(headerValues(message.bcc()));
        }
        return destination.build();
    }

    private static List<String> headerValues(List<EmailAddress> addresses) {
        return addresses.stream().map(EmailAddress::headerValue).toList();
    }

    private static MessageTag tag(Map.Entry<String, String> tag) {
        return MessageTag.builder().name(tag.getKey()).value(tag.getValue()).build();
    }

    private static void options(EmailMessage message, SendEmailRequest.Builder request) {
        if (!message.replyTo().isEmpty()) {
            request.replyToAddresses(headerValues(message.replyTo()));
        }
        message.configurationSet().ifPresent(request::configurationSetName);
        message.feedbackTo().map(EmailAddress::address).ifPresent(request::feedbackForwardingEmailAddress);
        message.fromIdentityArn().ifPresent(request::fromEmailAddressIdentityArn);
        message.feedbackIdentityArn().ifPresent(request::feedbackForwardingEmailAddressIdentityArn);
        message.tenant().ifPresent(request::tenantName);
        message.endpointId().ifPresent(request::endpointId);
        message.listManagement()
                .map(list -> ListManagementOptions.builder()
                        .contactListName(list.contactList())
                        .topicName(list.topic().orElse(null))
                        .build())
                .ifPresent(request::listManagementOptions);
    }

    private static EmailContent content(EmailMessage message, Map<String, String> rawTags) throws UnsendableException {
        if (message.content() instanceof MessageContent.Raw raw) {
            byte[] mime = raw.bytes();
            rawTags.putAll(RawTags.of(mime));
            return EmailContent.builder()
                    .raw(RawMessage.builder()
                            .data(SdkBytes.fromByteArrayUnsafe(mime))
                            .build())
                    .build();
        }
        return message.content() instanceof MessageContent.Template template
                ? EmailContent.builder().template(template(template, message)).build()
                : EmailContent.builder()
                        .simple(simple((MessageContent.Simple) message.content(), message))
                        .build();
    }

    private static Message simple(MessageContent.Simple content, EmailMessage message) throws UnsendableException {
        Body.Builder body = Body.builder();
        content.text().map(RequestMapping::utf8).ifPresent(body::text);
        content.html().map(RequestMapping::utf8).ifPresent(body::html);
        Message.Builder simple =
                Message.builder().subject(utf8(content.subject())).body(body.build());
        if (!message.headerFields().isEmpty()) {
            simple.headers(headers(message));
        }
        if (!message.attachments().isEmpty()) {
            simple.attachments(attachments(message));
        }
        return simple.build();
    }

    private static Template template(MessageContent.Template content, EmailMessage message) throws UnsendableException {
        Template.Builder template =
                Template.builder().templateData(content.data().json());
        content.name().ifPresent(template::templateName);
        content.inline().map(RequestMapping::inline).ifPresent(template::templateContent);
        if (!message.headerFields().isEmpty()) {
            template.headers(headers(message));
        }
        if (!message.attachments().isEmpty()) {
            template.attachments(attachments(message));
        }
        return template.build();
    }

    private static EmailTemplateContent inline(MessageContent.Simple content) {
        return EmailTemplateContent.builder()
                .subject(content.subject())
                .text(content.text().orElse(null))
                .html(content.html().orElse(null))
                .build();
    }

    private static Content utf8(String text) {
        return Content.builder().data(text).charset(UTF_8).build();
    }

    private static List<MessageHeader> headers(EmailMessage message) {
        return message.headerFields().stream()
                .map(header -> MessageHeader.builder()
                        .name(header.name())
                        .value(header.value())
                        .build())
                .toList();
    }

    private static List<Attachment> attachments(EmailMessage message) throws UnsendableException {
        List<Attachment> attachments = new ArrayList<>();
        long size = 0;
        for (io.github.sesquill.message.Attachment attachment : message.attachments()) {
            SdkBytes content = AttachmentContent.read(attachment);
            size += inBase64(content.asByteArrayUnsafe().length);
            Optional<String> tooLarge = Limits.size(size);
            if (tooLarge.isPresent()) {
                throw new UnsendableException(tooLarge.get());
            }
            attachments.add(attachment(attachment, content));
        }
        return attachments;
    }

    private static long inBase64(long bytes) {
        return (bytes + 2) / 3 * 4;
    }

    private static Attachment attachment(io.github.sesquill.message.Attachment attachment, SdkBytes content) {
        return Attachment.builder()
                .rawContent(content)
                .fileName(attachment.fileName())
                .contentType(attachment.contentType())
                .contentDisposition(
                        attachment.isInline()
                                ? AttachmentContentDisposition.INLINE
                                : AttachmentContentDisposition.ATTACHMENT)
                .contentId(attachment.contentId().orElse(null))
                // SES would otherwise choose 7bit for some types and damage them.
                .contentTransferEncoding(AttachmentContentTransferEncoding.BASE64)
                .build();
    }
}
