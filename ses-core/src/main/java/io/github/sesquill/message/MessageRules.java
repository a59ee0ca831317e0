package io.github.sesquill.message;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What SES asks of a message as a whole, whichever interface it goes through. */
final class MessageRules {

    /** SES Developer Guide, "Service quotas": To, Cc and Bcc together. */
    private static final int MAX_RECIPIENTS = 50;

    private static final int MAX_TAG = 256;

    private MessageRules() {}

    static MessageParts checked(MessageParts parts) {
        checkRecipients(parts);
        checkHeaders(parts);
        checkContentIds(parts);
        checkRaw(parts);
        return parts;
    }

    /** Checks what the mails of a mailing share, before there is a recipient. */
    static void checkShared(MessageParts shared) {
        checkHeaders(shared);
        checkContentIds(shared);
    }

    private static void checkRecipients(MessageParts parts) {
        List<EmailAddress> recipients = parts.recipients();
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("The message has no recipient; give it to(…), cc(…) or bcc(…).");
        }
        if (recipients.size() > MAX_RECIPIENTS) {
            throw new IllegalArgumentException(
                    "The message has " + recipients.size() + " recipients and SES takes at most " + MAX_RECIPIENTS
                            + " in To, Cc and Bcc together; send several messages.");
        }
        if (recipients.size() > 1) {
            checkNobodyTwice(recipients);
        }
    }

    private static void checkNobodyTwice(List<EmailAddress> recipients) {
        Set<String> seen = new HashSet<>();
        for (EmailAddress recipient : recipients) {
            if (!seen.add(recipient.mailbox())) {
                throw new IllegalArgumentException(
                        "'" + recipient.address()
                                + "' is a recipient twice in To, Cc and Bcc and would be charged and sent to twice; name it once.");
            }
        }
    }

    private static void checkHeaders(MessageParts parts) {
        List<MessageHeader> headers = parts.headerFields();
        if (headers.isEmpty()) {
            return;
        }
        Set<String> seen = new HashSet<>();
        for (MessageHeader header : headers) {
            if (HeaderRules.onlyOnce(header.name()) && !seen.add(header.name().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        "The header '" + header.name() + "' may stand only once in a message.");
            }
        }
    }

    private static void checkContentIds(MessageParts parts) {
        Set<String> ids = contentIds(parts.attachments());
        if (parts.content() instanceof StoredTemplate) {
            return;
        }
        Optional<String> html = html(parts.content());
        if (html.isEmpty() && !ids.isEmpty()) {
            throw new IllegalArgumentException(
                    "The message has inline parts and no HTML that shows them; attach them instead.");
        }
        html.map(BodyText::contentIds).orElse(List.of()).forEach(id -> checkIsThere(id, ids));
    }

    private static Set<String> contentIds(List<Attachment> attachments) {
        if (attachments.isEmpty()) {
            return Set.of();
        }
        Set<String> ids = new HashSet<>();
        for (Attachment inline : attachments) {
            inline.contentId().filter(id -> !ids.add(id)).ifPresent(id -> {
                throw new IllegalArgumentException(
                        "Two inline parts have the Content-ID '" + id + "'; each needs its own.");
            });
        }
        return ids;
    }

    private static void checkIsThere(String id, Set<String> ids) {
        // A placeholder is filled in by SES; what it will say cannot be known here.
        if (!ids.contains(id) && !id.contains("{{")) {
            throw new IllegalArgumentException("The HTML shows 'cid:" + HeaderText.excerpt(id)
                    + "' and the message has no inline part of that Content-ID; it has "
                    + (ids.isEmpty() ? "none" : ids.stream().sorted().collect(Collectors.joining(", "))) + '.');
        }
    }

    private static Optional<String> html(MessageContent content) {
        if (content instanceof MessageContent.Simple simple) {
            return simple.html();
        }
        return content instanceof MessageContent.Template template
                ? template.inline().flatMap(MessageContent.Simple::html)
                : Optional.empty();
    }

    private static void checkRaw(MessageParts parts) {
        boolean more = !parts.attachments().isEmpty()
                || !parts.headers().isEmpty()
                || !parts.replyTo().isEmpty()
                || parts.listUnsubscribe() != null;
        if (parts.content() instanceof MessageContent.Raw && more) {
            throw new IllegalArgumentException(
                    "A raw message brings its own headers and parts; the builder gives it only the"
                            + " envelope and what is a parameter of SES. Put headers, Reply-To and attachments into the MIME.");
        }
    }

    /** Checks a name made of ASCII letters, digits, {@code _} and {@code -}. */
    static String name(String what, String name, int max) {
        if (!isName(name, max)) {
            throw new IllegalArgumentException("The " + what + " '" + HeaderText.excerpt(name) + "' must have 1 to "
                    + max + " ASCII letters, digits, '_' and '-'.");
        }
        return name;
    }

    private static boolean isName(String name, int max) {
        return !name.isEmpty() && name.length() <= max && Ascii.all(name, MessageRules::isNameCharacter);
    }

    private static boolean isNameCharacter(int c) {
        return Ascii.isLetterOrDigit(c) || c == '_' || c == '-';
    }

    /** Checks a tag's name; of the names that SES keeps for itself only the two for the Feedback-ID may be set. */
    static String tagName(String name) {
        return name.equals("ses:feedback-id-a") || name.equals("ses:feedback-id-b")
                ? name
                : name("tag name", name, MAX_TAG);
    }

    static String tagValue(String name, String value) {
        return isName(value, MAX_TAG) ? value : name("value of tag '" + name + "'", value, MAX_TAG);
    }

    static String endpointId(String id) {
        boolean wellFormed =
                !id.isEmpty() && id.length() <= 64 && id.chars().allMatch(c -> isNameCharacter(c) || c == '.');
        if (!wellFormed) {
            throw new IllegalArgumentException("The multi-region endpoint id '" + HeaderText.excerpt(id)
                    + "' must have 1 to 64 ASCII letters, digits, '.', '_' and '-', as SES shows it.");
        }
        return id;
    }

    static String identityArn(String which, String arn) {
        String[] fields = Objects.requireNonNull(arn, which).split(":", -1);
        boolean wellFormed = arn.length() <= 2_048
                && fields.length == 6
                && fields[0].equals("arn")
                && fields[2].equals("ses")
                && fields[5].startsWith("identity/")
                && arn.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ';' && c != ',');
        if (!wellFormed) {
            throw new IllegalArgumentException(
                    "The " + which + " '" + HeaderText.excerpt(arn)
                            + "' must be the ARN of an identity, such as arn:aws:ses:eu-west-1:111122223333:identity/acme.example.");
        }
        return arn;
    }
}
