package io.github.sesquill.test;

import io.github.sesquill.message.Attachment;
import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.MessageContent;
import io.github.sesquill.message.MessageContent.Simple;
import io.github.sesquill.message.MessageContent.Template;
import io.github.sesquill.message.MessageHeader;
import io.github.sesquill.test.engine.HeaderSection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on one message. Addresses are compared without the display name unless one is given, and in the case of the
 * domain. Text and HTML are those of simple messages and of templates as they came, placeholders and all.
 */
public final class SentMessageAssert extends AbstractAssert<SentMessageAssert, SentMessage> {

    private static final int EXCERPT = 500;
    private static final String CASE_OR_SPACE = " They differ only in capitals or white space.";

    private final String which;

    SentMessageAssert(SentMessage actual, String which) {
        super(actual, SentMessageAssert.class);
        this.which = which;
    }

    /** Fails unless the address is among To. */
    public SentMessageAssert isTo(String address) {
        return has(address, "To", message().to());
    }

    /** Fails unless the address is among Cc. */
    public SentMessageAssert isCc(String address) {
        return has(address, "Cc", message().cc());
    }

    /** Fails unless the address is among Bcc. */
    public SentMessageAssert isBcc(String address) {
        return has(address, "Bcc", message().bcc());
    }

    /** Fails unless the address is the one in From. */
    public SentMessageAssert isFrom(String address) {
        return has(address, "From", List.of(message().from()));
    }

    private SentMessageAssert has(String address, String field, List<EmailAddress> actual) {
        EmailAddress wanted = EmailAddress.of(address);
        if (actual.stream().noneMatch(each -> Addressee.matches(wanted, each))) {
            String hint = Addressee.hint(wanted, actual);
            fail(
                    "to have " + address + " in " + field,
                    field + " is " + Described.list(actual),
                    hint.isEmpty() ? elsewhere(wanted) : hint);
        }
        return this;
    }

    private String elsewhere(EmailAddress wanted) {
        return elsewhere(wanted, "To", EmailMessage::to)
                .or(() -> elsewhere(wanted, "Cc", EmailMessage::cc))
                .or(() -> elsewhere(wanted, "Bcc", EmailMessage::bcc))
                .map(field -> " It is in " + field + ", though.")
                .orElse("");
    }

    private Optional<String> elsewhere(
            EmailAddress wanted, String field, Function<EmailMessage, List<EmailAddress>> list) {
        return list.apply(message()).stream().anyMatch(each -> Addressee.matches(wanted, each))
                ? Optional.of(field)
                : Optional.empty();
    }

    /** Fails unless this is the subject. */
    public SentMessageAssert hasSubject(String subject) {
        String actualSubject = subject();
        if (!actualSubject.equals(subject)) {
            fail(
                    "to have the subject " + Described.quoted(subject),
                    "its subject is " + Described.quoted(actualSubject),
                    folded(actualSubject).equals(folded(subject)) ? CASE_OR_SPACE : "");
        }
        return this;
    }

    /** Fails unless the subject contains this text. */
    public SentMessageAssert hasSubjectContaining(String part) {
        return contains("subject", Optional.of(subject()), part);
    }

    /** Fails unless there is a plain text body that contains this text. */
    public SentMessageAssert hasTextContaining(String part) {
        return contains("text", simple().flatMap(Simple::text), part);
    }

    /** Fails unless there is an HTML body whose source contains this text. */
    public SentMessageAssert hasHtmlContaining(String part) {
        return contains("HTML", simple().flatMap(Simple::html), part);
    }

    private SentMessageAssert contains(String what, Optional<String> whole, String part) {
        if (whole.filter(text -> text.contains(part)).isEmpty()) {
            fail(
                    "to have " + Described.quoted(part) + " in its " + what,
                    whole.map(text -> "its " + what + " is " + Described.quoted(excerpt(text)))
                            .orElse("it has no " + what),
                    whole.filter(text -> folded(text).contains(folded(part))).isPresent() ? CASE_OR_SPACE : "");
        }
        return this;
    }

    private static String folded(String text) {
        return text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }

    private static String excerpt(String text) {
        return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + "…";
    }

    /** Fails unless the message has this tag with this value. */
    public SentMessageAssert hasTag(String name, String value) {
        if (!value.equals(message().tags().get(name))) {
            fail(
                    "to have the tag " + name + '=' + value,
                    "its tags are " + message().tags(),
                    "");
        }
        return this;
    }

    /** Fails unless a header of this name, in any case, has exactly this value, encoded words as they are. */
    public SentMessageAssert hasHeader(String name, String value) {
        List<MessageHeader> headers = HeaderSection.of(message());
        if (headers.stream()
                .noneMatch(header ->
                        header.name().equalsIgnoreCase(name) && header.value().equals(value))) {
            String all = headers.stream()
                    .map(header -> "\n  " + header.name() + ": " + header.value())
                    .collect(Collectors.joining());
            fail("to have the header " + name + ": " + value, "its headers are" + all, "");
        }
        return this;
    }

    /** Fails unless the message names this configuration set. */
    public SentMessageAssert hasConfigurationSet(String name) {
        if (!message().configurationSet().equals(Optional.of(name))) {
            fail(
                    "to name the configuration set " + name,
                    message().configurationSet().map(set -> "it names " + set).orElse("it names none"),
                    "");
        }
        return this;
    }

    /** Fails unless a file of this name is attached; inline parts do not count. */
    public SentMessageAssert hasAttachment(String fileName) {
        return hasPart(
                "the attachment " + fileName,
                part -> part.isInline() ? Optional.empty() : Optional.of(part.fileName()),
                fileName);
    }

    /** Fails unless an inline part has this Content-ID, without angle brackets. */
    public SentMessageAssert hasInline(String contentId) {
        return hasPart("the inline part " + contentId, Attachment::contentId, contentId);
    }

    private SentMessageAssert hasPart(String what, Function<Attachment, Optional<String>> key, String wanted) {
        if (message().attachments().stream().map(key).flatMap(Optional::stream).noneMatch(wanted::equals)) {
            String all = message().attachments().stream()
                    .map(part -> part.fileName()
                            + part.contentId()
                                    .map(id -> " (inline as " + id + ")")
                                    .orElse(""))
                    .collect(Collectors.joining(", "));
            fail("to have " + what, all.isEmpty() ? "it has none at all" : "it has " + all, "");
        }
        return this;
    }

    private String subject() {
        isNotNull();
        return Described.subject(actual);
    }

    private EmailMessage message() {
        isNotNull();
        return actual.message();
    }

    private Optional<Simple> simple() {
        MessageContent content = message().content();
        if (content instanceof Template template) {
            return template.inline();
        }
        return content instanceof Simple simple ? Optional.of(simple) : Optional.empty();
    }

    private void fail(String expectation, String found, String hint) {
        failWithMessage("%s", "Expected " + which + ' ' + expectation + ", but " + found + '.' + hint);
    }
}
