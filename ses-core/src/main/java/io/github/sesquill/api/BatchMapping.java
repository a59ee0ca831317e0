package io.github.sesquill.api;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.MessageContent;
import io.github.sesquill.message.TemplateMailing;
import io.github.sesquill.transport.EmailTransport.Attempt;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sesv2.model.BulkEmailContent;
import software.amazon.awssdk.services.sesv2.model.BulkEmailEntry;
import software.amazon.awssdk.services.sesv2.model.ReplacementEmailContent;
import software.amazon.awssdk.services.sesv2.model.ReplacementTemplate;
import software.amazon.awssdk.services.sesv2.model.SendBulkEmailRequest;
import software.amazon.awssdk.services.sesv2.model.Template;

/**
 * Says a batch in the words of {@code SendBulkEmail}. Every entry brings its tags, headers and data complete, so that
 * nothing depends on how SES merges them with those of the call.
 */
final class BatchMapping {

    private BatchMapping() {}

    /**
     * Makes the request of one attempt; attachments are read now.
     *
     * @throws UnsendableException if an attachment cannot be read
     */
    static SendBulkEmailRequest.Builder request(
            TemplateMailing mailing, List<TemplateMailing.Entry> entries, Attempt attempt) throws UnsendableException {
        SendBulkEmailRequest.Builder request = SendBulkEmailRequest.builder()
                .fromEmailAddress(mailing.from().headerValue())
                .defaultContent(
                        BulkEmailContent.builder().template(template(mailing)).build())
                .bulkEmailEntries(entries(mailing, entries, attempt));
        if (!mailing.replyTo().isEmpty()) {
            request.replyToAddresses(RequestMapping.headerValues(mailing.replyTo()));
        }
        mailing.configurationSet().ifPresent(request::configurationSetName);
        mailing.feedbackTo().map(EmailAddress::address).ifPresent(request::feedbackForwardingEmailAddress);
        mailing.fromIdentityArn().ifPresent(request::fromEmailAddressIdentityArn);
        mailing.feedbackIdentityArn().ifPresent(request::feedbackForwardingEmailAddressIdentityArn);
        mailing.tenant().ifPresent(request::tenantName);
        mailing.endpointId().ifPresent(request::endpointId);
        return request;
    }

    private static Template template(TemplateMailing mailing) throws UnsendableException {
        Template.Builder template = RequestMapping.template(mailing.template());
        if (!mailing.attachments().isEmpty()) {
            template.attachments(RequestMapping.attachments(mailing.attachments()));
        }
        return template.build();
    }

    private static List<BulkEmailEntry> entries(
            TemplateMailing mailing, List<TemplateMailing.Entry> entries, Attempt attempt) {
        List<BulkEmailEntry> list = new ArrayList<>(entries.size());
        for (TemplateMailing.Entry entry : entries) {
            list.add(entry(mailing.message(entry), attempt.id(list.size())));
        }
        return list;
    }

    private static BulkEmailEntry entry(EmailMessage message, String attemptId) {
        String data = ((MessageContent.Template) message.content()).data().json();
        BulkEmailEntry.Builder entry = BulkEmailEntry.builder()
                .destination(RequestMapping.destination(message))
                .replacementTags(RequestMapping.tags(message.tags(), attemptId))
                .replacementEmailContent(ReplacementEmailContent.builder()
                        .replacementTemplate(ReplacementTemplate.builder()
                                .replacementTemplateData(data)
                                .build())
                        .build());
        if (!message.headerFields().isEmpty()) {
            entry.replacementHeaders(RequestMapping.headers(message));
        }
        return entry.build();
    }
}
