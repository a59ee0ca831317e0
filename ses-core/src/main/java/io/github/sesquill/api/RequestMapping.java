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
        SendEmailRequest.Builder request = SendEmailRequest.builder()
                .fromEmailAddress(message.from().headerValue())
                .destination(destination(message));
        if (message.content() instanceof MessageContent.Raw raw) {
            byte[] mime = raw.bytes();
            request.content(raw(mime)).emailTags(tags(joined(RawTags.of(mime), message.tags()), attemptId));
        } else {
            request.content(written(message)).emailTags(tags(message.tags(), attemptId));
        }
        options(message, request);
        return request;
    }

    /** Joins the tags of raw MIME, which SES would ignore beside others, with those that were said. */
    private static Map<String, String> joined(Map<String, String> ofMime, Map<String, String> said) {
        Map<String, String> tags = new LinkedHashMap<>(ofMime);
        tags.putAll(said);
        return tags;
    }

    static List<MessageTag> tags(Map<String, String> tags, String attemptId) {
        List<MessageTag> list = new ArrayList<>(tags.size() + 1);
        tags.forEach((name, value) -> {
            // A message that is sent once more may have kept the tag of the time before.
            if (!name.equals(Attempt.TAG)) {
                list.add(tag(name, value));
            }
        });
        list.add(tag(Attempt.TAG, attemptId));
        return list;
    }

    private static MessageTag tag(String name, String value) {
        return MessageTag.builder().name(name).value(value).build();
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

    static List<String> headerValues(List<EmailAddress> addresses) {
        List<String> values = new ArrayList<>(addresses.size());
        addresses.forEach(address -> values.add(address.headerValue()));
        return values;
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

    private static EmailContent raw(byte[] mime) {
        return EmailContent.builder()
                .raw(RawMessage.builder()
                        .data(SdkBytes.fromByteArrayUnsafe(mime))
                        .build())
                .build();
    }

    private static EmailContent written(EmailMessage message) throws UnsendableException {
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
            simple.attachments(attachments(message.attachments()));
        }
        return simple.build();
    }

    static Template.Builder template(MessageContent.Template content) {
        Template.Builder template =
                Template.builder().templateData(content.data().json());
        content.name().ifPresent(template::templateName);
        content.inline().map(RequestMapping::inline).ifPresent(template::templateContent);
        return template;
    }

    private static Template template(MessageContent.Template content, EmailMessage message) throws UnsendableException {
        Template.Builder template = template(content);
        if (!message.headerFields().isEmpty()) {
            template.headers(headers(message));
        }
        if (!message.attachments().isEmpty()) {
            template.attachments(attachments(message.attachments()));
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

    static List<MessageHeader> headers(EmailMessage message) {
        return message.headerFields().stream()
                .map(header -> MessageHeader.builder()
                        .name(header.name())
                        .value(header.value())
                        .build())
                .toList();
    }

    static List<Attachment> attachments(List<io.github.sesquill.message.Attachment> parts) throws UnsendableException {
        List<Attachment> attachments = new ArrayList<>();
        long size = 0;
        for (io.github.sesquill.message.Attachment attachment : parts) {
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
