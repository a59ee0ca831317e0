package io.github.sesquill.test;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.ListManagement;
import io.github.sesquill.message.MessageContent;
import io.github.sesquill.message.MessageHeader;
import io.github.sesquill.test.engine.Body;
import io.github.sesquill.test.engine.HeaderSection;
import io.github.sesquill.test.engine.Operation;
import io.github.sesquill.test.engine.SesHeaders;
import io.github.sesquill.test.engine.Submission;
import io.github.sesquill.transport.EmailTransport.Attempt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A message as the transport was given it, in one attempt.
 *
 * @param inBatch whether it is an entry of a bulk call
 * @param size bytes once encoded
 */
record MessageSubmission(EmailMessage message, String attemptId, boolean inBatch, long size, boolean isInfected)
        implements Submission {

    @Override
    public Operation operation() {
        if (inBatch) {
            return Operation.SEND_BULK_EMAIL;
        }
        if (message.content() instanceof MessageContent.Raw) {
            return Operation.SEND_RAW_EMAIL;
        }
        return message.content() instanceof MessageContent.Template
                ? Operation.SEND_TEMPLATED_EMAIL
                : Operation.SEND_EMAIL;
    }

    @Override
    public EmailAddress from() {
        return message.from();
    }

    /** The feedback address must be this account's, unless another lends it. */
    @Override
    public List<EmailAddress> alsoVerified() {
        return message.feedbackIdentityArn().isPresent()
                ? List.of()
                : message.feedbackTo().stream().toList();
    }

    @Override
    public List<EmailAddress> recipients() {
        return message.recipients();
    }

    @Override
    public List<MessageHeader> headers() {
        return HeaderSection.of(message);
    }

    /** Transports join the tags of raw MIME with the others, and name the attempt. */
    @Override
    public Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        if (message.content() instanceof MessageContent.Raw) {
            tags.putAll(SesHeaders.tags(headers()));
        }
        tags.putAll(message.tags());
        if (!attemptId.isEmpty()) {
            tags.put(Attempt.TAG, attemptId);
        }
        return tags;
    }

    @Override
    public Optional<String> configurationSet() {
        return message.configurationSet();
    }

    @Override
    public Optional<String> fromIdentityArn() {
        return message.fromIdentityArn();
    }

    @Override
    public Optional<Body> body() {
        return simple(message.content())
                .map(simple -> new Body(
                        simple.subject(),
                        simple.text().orElse(null),
                        simple.html().orElse(null)));
    }

    static Optional<MessageContent.Simple> simple(MessageContent content) {
        if (content instanceof MessageContent.Template template) {
            return template.inline();
        }
        return content instanceof MessageContent.Simple simple ? Optional.of(simple) : Optional.empty();
    }

    @Override
    public Optional<Template> template() {
        return message.content() instanceof MessageContent.Template template
                ? Optional.of(new Template(
                        template.name().orElse(null), template.data().json()))
                : Optional.empty();
    }

    @Override
    public Optional<ListManagement> listManagement() {
        return message.listManagement();
    }
}
