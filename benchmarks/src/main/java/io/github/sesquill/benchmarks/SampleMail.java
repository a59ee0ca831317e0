package io.github.sesquill.benchmarks;

import io.github.sesquill.message.EmailMessage;
import software.amazon.awssdk.services.sesv2.model.MessageTag;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;

/** One and the same small mail, 2 KB of text and HTML to one recipient, as each API has it written. */
final class SampleMail {

    static final String FROM = "Acme <receipts@acme.example>";
    static final String TO = "Jane Doe <jane@example.com>";
    static final String SUBJECT = "Your receipt";

    static final String TEXT = "Thank you for your order; it is on its way to you.\n".repeat(20);
    static final String HTML = "<p>Thank you for your order; it is on its way.</p>\n".repeat(20);

    private SampleMail() {}

    static SendEmailRequest request() {
        return SendEmailRequest.builder()
                .fromEmailAddress(FROM)
                .destination(to -> to.toAddresses(TO))
                .content(content -> content.simple(simple -> simple.subject(
                                subject -> subject.data(SUBJECT).charset("UTF-8"))
                        .body(body -> body.text(text -> text.data(TEXT).charset("UTF-8"))
                                .html(html -> html.data(HTML).charset("UTF-8")))))
                .emailTags(MessageTag.builder().name("kind").value("receipt").build())
                .build();
    }

    static EmailMessage message() {
        return EmailMessage.from(FROM)
                .to(TO)
                .subject(SUBJECT)
                .text(TEXT)
                .html(HTML)
                .tag("kind", "receipt")
                .build();
    }
}
