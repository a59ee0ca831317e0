package io.github.sesquill.local;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.ListManagement;
import io.github.sesquill.message.MessageHeader;
import io.github.sesquill.test.engine.Body;
import io.github.sesquill.test.engine.Eicar;
import io.github.sesquill.test.engine.Operation;
import io.github.sesquill.test.engine.Submission.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code SendEmail} requests, with the limits that SES puts on their members (API reference of SES v2). */
final class MessageReading {

    private static final int MOST_HEADERS = 15;
    private static final Pattern HEADER_NAME = Pattern.compile("[!-9;-~]{1,126}");
    private static final int LONGEST_VALUE = 995;
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_-]{1,256}");

    private MessageReading() {}

    static Incoming read(Fields request, String caller) {
        Fields content = request.requiredObject("Content");
        Optional<Fields> raw = content.object("Raw");
        if (raw.isPresent()) {
            return RawMessage.overApi(request, raw.get().bytes("Data"), caller);
        }
        Optional<Fields> simple = content.object("Simple");
        EmailAddress from = Addresses.of(request.required("FromEmailAddress"));
        Fields destination = request.object("Destination").orElseGet(() -> new Fields(Json.object()));
        Incoming.Content parts;
        Operation operation;
        if (simple.isPresent()) {
            operation = Operation.SEND_EMAIL;
            parts = parts(simple.get(), body(simple.get()), null, heads(from, destination, request));
        } else {
            operation = Operation.SEND_TEMPLATED_EMAIL;
            Fields template = content.object("Template")
                    .orElseThrow(() -> ProblemException.badRequest("Content must be Simple, Raw or Template."));
            parts = parts(
                    template,
                    inline(template),
                    template(template, template.text("TemplateData").orElse("{}")),
                    heads(from, destination, request));
        }
        return new Incoming(
                operation,
                new Incoming.Envelope(from, feedback(request), recipients(destination), caller),
                parts,
                options(request, tags(request.objects("EmailTags"))));
    }

    static List<EmailAddress> recipients(Fields destination) {
        List<EmailAddress> recipients = new ArrayList<>();
        recipients.addAll(Addresses.of(destination.texts("ToAddresses")));
        recipients.addAll(Addresses.of(destination.texts("CcAddresses")));
        recipients.addAll(Addresses.of(destination.texts("BccAddresses")));
        return recipients;
    }

    static List<EmailAddress> feedback(Fields request) {
        return request.has("FeedbackForwardingEmailAddressIdentityArn")
                ? List.of()
                : request.text("FeedbackForwardingEmailAddress").map(Addresses::of).stream()
                        .toList();
    }

    /** Writes the headers that SES makes of the addresses. */
    static List<MessageHeader> heads(EmailAddress from, Fields destination, Fields request) {
        List<MessageHeader> headers = new ArrayList<>();
        headers.add(new MessageHeader("From", from.headerValue()));
        add(headers, "Reply-To", request.texts("ReplyToAddresses"));
        add(headers, "To", destination.texts("ToAddresses"));
        add(headers, "Cc", destination.texts("CcAddresses"));
        return headers;
    }

    private static void add(List<MessageHeader> headers, String name, List<String> addresses) {
        if (!addresses.isEmpty()) {
            headers.add(new MessageHeader(
                    name,
                    Addresses.of(addresses).stream()
                            .map(EmailAddress::headerValue)
                            .collect(Collectors.joining(", "))));
        }
    }

    /** Reads what Simple and Template have in common. */
    static Incoming.Parts parts(
            Fields content, @Nullable Body body, @Nullable Template template, List<MessageHeader> heads) {
        List<Incoming.FilePart> files = content.objects("Attachments").stream()
                .map(MessageReading::file)
                .toList();
        List<MessageHeader> headers = new ArrayList<>(heads);
        if (body != null && template == null) {
            headers.add(new MessageHeader("Subject", body.subject()));
        }
        headers.addAll(headers(content.objects("Headers")));
        headers.add(new MessageHeader("MIME-Version", "1.0"));
        headers.add(new MessageHeader("Content-Type", contentType(body, files)));
        boolean infected = files.stream().anyMatch(file -> Eicar.isIn(file.bytes()));
        return new Incoming.Parts(body, template, headers, files, size(body, template, files), infected);
    }

    static List<MessageHeader> headers(List<Fields> headers) {
        if (headers.size() > MOST_HEADERS) {
            throw ProblemException.badRequest("There may be at most " + MOST_HEADERS + " Headers.");
        }
        return headers.stream().map(MessageReading::header).toList();
    }

    private static MessageHeader header(Fields header) {
        String name = header.required("Name");
        String value = header.required("Value");
        if (!HEADER_NAME.matcher(name).matches()
                || value.length() > LONGEST_VALUE
                || value.chars().anyMatch(c -> c < ' ' && c != '\t')) {
            throw ProblemException.badRequest(
                    "A header must have a name of 1 to 126 printable characters and a value of at" + " most "
                            + LONGEST_VALUE + " without line breaks.");
        }
        return new MessageHeader(name, value);
    }

    private static Incoming.FilePart file(Fields file) {
        String name = file.required("FileName");
        boolean inline =
                file.text("ContentDisposition").filter("INLINE"::equals).isPresent();
        return new Incoming.FilePart(
                name,
                file.text("ContentType").orElse("application/octet-stream"),
                file.text("ContentId").orElse(null),
                inline,
                file.bytes("RawContent"));
    }

    /** SES writes two spaces before a boundary. */
    private static String contentType(@Nullable Body body, List<Incoming.FilePart> files) {
        if (!files.isEmpty()) {
            return "multipart/mixed;  boundary=\"----=_Part_1_1.1\"";
        }
        if (body == null || (body.text() != null && body.html() != null)) {
            return "multipart/alternative;  boundary=\"----=_Part_1_1.1\"";
        }
        return body.html() == null ? "text/plain; charset=UTF-8" : "text/html; charset=UTF-8";
    }

    private static long size(@Nullable Body body, @Nullable Template template, List<Incoming.FilePart> files) {
        long size = 1024;
        if (body != null) {
            size += body.subject().length() + length(body.text()) + length(body.html());
        }
        if (template != null) {
            size += template.dataJson().length();
        }
        for (Incoming.FilePart file : files) {
            size += (file.bytes().length + 2L) / 3 * 4 * 78 / 76 + 256;
        }
        return size;
    }

    private static long length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    private static Body body(Fields simple) {
        Fields body = simple.requiredObject("Body");
        return new Body(
                simple.requiredObject("Subject").required("Data"),
                body.object("Text").map(text -> text.required("Data")).orElse(null),
                body.object("Html").map(html -> html.required("Data")).orElse(null));
    }

    /** Reads the text of a template that is not stored. */
    static @Nullable Body inline(Fields template) {
        return template.object("TemplateContent")
                .map(MessageReading::templateText)
                .orElse(null);
    }

    static Body templateText(Fields content) {
        return new Body(
                content.text("Subject").orElse(""),
                content.text("Text").orElse(null),
                content.text("Html").orElse(null));
    }

    static Template template(Fields template, String data) {
        Optional<String> name = template.text("TemplateName")
                .or(() -> template.text("TemplateArn").map(arn -> arn.substring(arn.lastIndexOf('/') + 1)));
        if (name.isPresent() == template.has("TemplateContent")) {
            throw ProblemException.badRequest("A template needs TemplateName, TemplateArn or TemplateContent.");
        }
        return new Template(name.orElse(null), data);
    }

    static Map<String, String> tags(List<Fields> tags) {
        Map<String, String> map = new LinkedHashMap<>();
        for (Fields tag : tags) {
            String name = tag.required("Name");
            String value = tag.required("Value");
            if (!TAG.matcher(name.replaceFirst("^ses:", "")).matches()
                    || !TAG.matcher(value).matches()) {
                throw ProblemException.badRequest(
                        "Name and value of a tag must be 1 to 256 ASCII letters, digits, _ and -.");
            }
            map.put(name, value);
        }
        return map;
    }

    static Incoming.Options options(Fields request, Map<String, String> tags) {
        return new Incoming.Options(
                tags,
                request.text("ConfigurationSetName"),
                request.text("FromEmailAddressIdentityArn"),
                request.object("ListManagementOptions").map(MessageReading::list));
    }

    private static ListManagement list(Fields options) {
        String list = options.required("ContactListName");
        return options.text("TopicName")
                .map(topic -> ListManagement.of(list, topic))
                .orElseGet(() -> ListManagement.of(list));
    }
}
