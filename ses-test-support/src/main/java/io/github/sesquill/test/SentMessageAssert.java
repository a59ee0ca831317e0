package io.github.sesquill.test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.sesquill.message.Attachment;
import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.MessageContent;
import io.github.sesquill.message.MessageContent.Template;
import io.github.sesquill.message.MessageHeader;
import io.github.sesquill.message.TemplateData;
import io.github.sesquill.test.engine.HeaderSection;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on one message. Addresses are compared without the display name unless one is given, and in the case of the
 * domain. Subject, text and HTML are as the recipient reads them: a template is filled, an encoded word is read.
 */
public final class SentMessageAssert extends AbstractAssert<SentMessageAssert, SentMessage> {

    private static final JsonMapper JSON = JsonMapper.builder().build();

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

    /** Fails unless the address is among those that answers go to. */
    public SentMessageAssert hasReplyTo(String address) {
        return has(address, "Reply-To", message().replyTo());
    }

    private SentMessageAssert has(String address, String field, List<EmailAddress> addresses) {
        EmailAddress wanted = EmailAddress.of(address);
        if (addresses.stream().noneMatch(each -> Addressee.matches(wanted, each))) {
            String hint = Addressee.hint(wanted, addresses);
            fail(
                    "to have " + address + " in " + field,
                    field + " is " + Described.list(addresses),
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

    /** Fails unless these and nobody else get the message, in To, Cc or Bcc, in any order. */
    public SentMessageAssert goesOnlyTo(String... addresses) {
        List<EmailAddress> wanted =
                Arrays.stream(addresses).map(EmailAddress::of).toList();
        List<EmailAddress> actualOnes = message().recipients();
        List<EmailAddress> missing = unmatched(wanted, actualOnes);
        List<EmailAddress> extra = unmatched(actualOnes, wanted);
        if (!missing.isEmpty() || !extra.isEmpty()) {
            String hint = (missing.isEmpty() ? "" : " Missing: " + Described.list(missing) + '.')
                    + (extra.isEmpty() ? "" : " Too many: " + Described.list(extra) + '.');
            fail("to go only to " + Described.list(wanted), "it goes to " + Described.list(actualOnes), hint);
        }
        return this;
    }

    private static List<EmailAddress> unmatched(List<EmailAddress> these, List<EmailAddress> those) {
        return these.stream()
                .filter(one -> those.stream()
                        .noneMatch(other -> Addressee.matches(one, other) || Addressee.matches(other, one)))
                .toList();
    }

    /** Fails unless this is the subject. */
    public SentMessageAssert hasSubject(String subject) {
        return is("the subject", "its subject", Optional.of(subject()), subject);
    }

    /** Fails unless the subject contains this text. */
    public SentMessageAssert hasSubjectContaining(String part) {
        return contains("subject", Optional.of(subject()), part);
    }

    /** Fails unless this is the plain text body. */
    public SentMessageAssert hasText(String text) {
        return is("the text", "its text", text(), text);
    }

    /** Fails unless there is a plain text body that contains this text. */
    public SentMessageAssert hasTextContaining(String part) {
        return contains("text", text(), part);
    }

    /** Fails unless this is the source of the HTML body. */
    public SentMessageAssert hasHtml(String html) {
        return is("the HTML", "its HTML", html(), html);
    }

    /** Fails unless there is an HTML body whose source contains this text. */
    public SentMessageAssert hasHtmlContaining(String part) {
        return contains("HTML", html(), part);
    }

    /** Fails if there is an HTML body whose source contains this text. */
    public SentMessageAssert hasNoHtmlContaining(String part) {
        return lacks("HTML", html(), part);
    }

    /** Fails if there is a plain text body that contains this text. */
    public SentMessageAssert hasNoTextContaining(String part) {
        return lacks("text", text(), part);
    }

    private SentMessageAssert is(String what, String its, Optional<String> found, String wanted) {
        if (!found.equals(Optional.of(wanted))) {
            fail(
                    "to have " + what + ' ' + TextMatch.excerpt(wanted),
                    found.map(text -> its + " is " + TextMatch.excerpt(text)).orElse("it has none"),
                    TextMatch.hint(found, wanted));
        }
        return this;
    }

    private SentMessageAssert contains(String what, Optional<String> whole, String part) {
        if (whole.filter(text -> text.contains(part)).isEmpty()) {
            fail(
                    "to have " + Described.quoted(part) + " in its " + what,
                    whole.map(text -> "its " + what + " is " + TextMatch.excerpt(text))
                            .orElse("it has no " + what),
                    TextMatch.partHint(whole, part));
        }
        return this;
    }

    private SentMessageAssert lacks(String what, Optional<String> whole, String part) {
        whole.filter(text -> text.contains(part))
                .ifPresent(text -> fail(
                        "not to have " + Described.quoted(part) + " in its " + what,
                        "its " + what + " is " + TextMatch.excerpt(text),
                        ""));
        return this;
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

    /** Fails unless a header of this name, in any case, has exactly this value, as it is written or as it reads. */
    public SentMessageAssert hasHeader(String name, String value) {
        if (headers(name)
                .noneMatch(found ->
                        found.equals(value) || EncodedWords.decoded(found).equals(value))) {
            boolean isThere = headers(name).findAny().isPresent();
            String hint = isThere ? "" : TextMatch.nameHint(name, headerNames());
            fail("to have the header " + name + ": " + value, allHeaders(), hint);
        }
        return this;
    }

    /** Fails if there is a header of this name, in any case. */
    public SentMessageAssert hasNoHeader(String name) {
        if (headers(name).findAny().isPresent()) {
            fail("not to have a header " + name, allHeaders(), "");
        }
        return this;
    }

    private Stream<String> headers(String name) {
        return HeaderSection.of(message()).stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(MessageHeader::value);
    }

    private List<String> headerNames() {
        return HeaderSection.of(message()).stream()
                .map(MessageHeader::name)
                .distinct()
                .toList();
    }

    private String allHeaders() {
        return "its headers are"
                + HeaderSection.of(message()).stream()
                        .map(header -> "\n  " + header.name() + ": " + header.value())
                        .collect(Collectors.joining());
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

    /** Fails unless it is a stored template of this name. */
    public SentMessageAssert hasTemplate(String name) {
        Optional<String> found = template().flatMap(Template::name);
        if (!found.equals(Optional.of(name))) {
            fail(
                    "to be the template " + name,
                    found.map(other -> "it is the template " + other).orElse("it is no stored template"),
                    "");
        }
        return this;
    }

    /** Fails unless it is a template that is filled with the same JSON, whatever the order of its members. */
    public SentMessageAssert hasTemplateData(TemplateData data) {
        Optional<TemplateData> found = template().map(Template::data);
        if (found.filter(other -> isSameJson(other.json(), data.json())).isEmpty()) {
            fail(
                    "to be filled with " + data.json(),
                    found.map(other -> "it is filled with " + other.json()).orElse("it is no template"),
                    "");
        }
        return this;
    }

    private Optional<Template> template() {
        MessageContent content = message().content();
        return content instanceof Template template ? Optional.of(template) : Optional.empty();
    }

    private static boolean isSameJson(String one, String other) {
        try {
            return JSON.readTree(one).equals(JSON.readTree(other));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Template data is always JSON.", e);
        }
    }

    /** Fails unless a file of this name is attached; inline parts do not count. */
    public SentMessageAssert hasAttachment(String fileName) {
        return hasPart(
                "the attachment " + fileName,
                part -> part.isInline() ? Optional.empty() : Optional.of(part.fileName()),
                fileName);
    }

    /** Fails unless a file of this name and content is attached. */
    public SentMessageAssert hasAttachment(String fileName, byte[] content) {
        hasAttachment(fileName);
        if (attached(fileName).map(SentMessageAssert::bytes).noneMatch(found -> Arrays.equals(found, content))) {
            String sizes = attached(fileName)
                    .map(part -> bytes(part).length + " bytes")
                    .collect(Collectors.joining(", "));
            fail("to have these " + content.length + " bytes attached as " + fileName, "it has others: " + sizes, "");
        }
        return this;
    }

    private Stream<Attachment> attached(String fileName) {
        return message().attachments().stream()
                .filter(part -> !part.isInline() && part.fileName().equals(fileName));
    }

    private static byte[] bytes(Attachment part) {
        try (InputStream content = part.open()) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError("The attachment " + part.fileName() + " cannot be read again: " + e, e);
        }
    }

    /** Fails if anything is attached; inline parts do not count. */
    public SentMessageAssert hasNoAttachment() {
        if (message().attachments().stream().anyMatch(part -> !part.isInline())) {
            fail("to have no attachment", "it has " + allParts(), "");
        }
        return this;
    }

    /** Fails unless an inline part has this Content-ID, without angle brackets. */
    public SentMessageAssert hasInline(String contentId) {
        return hasPart("the inline part " + contentId, Attachment::contentId, contentId);
    }

    private SentMessageAssert hasPart(String what, Function<Attachment, Optional<String>> key, String wanted) {
        List<String> keys = message().attachments().stream()
                .map(key)
                .flatMap(Optional::stream)
                .toList();
        if (!keys.contains(wanted)) {
            String all = allParts();
            fail(
                    "to have " + what,
                    all.isEmpty() ? "it has none at all" : "it has " + all,
                    TextMatch.nameHint(wanted, keys));
        }
        return this;
    }

    private String allParts() {
        return message().attachments().stream()
                .map(part -> part.fileName()
                        + part.contentId().map(id -> " (inline as " + id + ")").orElse(""))
                .collect(Collectors.joining(", "));
    }

    /** Fails unless the mail server of this recipient takes it: he neither bounces nor is kept from it by SES. */
    public SentMessageAssert isDeliveredTo(String address) {
        isNotNull();
        return has(address, "those it is delivered to", actual.delivered());
    }

    private String subject() {
        isNotNull();
        return Described.subject(actual);
    }

    private Optional<String> text() {
        isNotNull();
        return actual.text();
    }

    private Optional<String> html() {
        isNotNull();
        return actual.html();
    }

    private EmailMessage message() {
        isNotNull();
        return actual.message();
    }

    private void fail(String expectation, String found, String hint) {
        failWithMessage("%s", "Expected " + which + ' ' + expectation + ", but " + found + '.' + hint);
    }
}
