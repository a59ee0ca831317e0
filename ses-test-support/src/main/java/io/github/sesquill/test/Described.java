package io.github.sesquill.test;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.MessageContent;
import io.github.sesquill.test.engine.HeaderSection;
import io.github.sesquill.transport.SendOutcome;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the messages of failed assertions say of messages. Tests see the whole, addresses and subjects included. */
final class Described {

    private static final int MOST_LINES = 20;

    private Described() {}

    static String sent(List<SentMessage> messages) {
        return messages.isEmpty()
                ? "Nothing was sent."
                : "Sent were:" + lines(messages.stream().map(Described::line).toList());
    }

    static String refused(List<RefusedMessage> messages) {
        return messages.isEmpty()
                ? ""
                : "\nRefused were:"
                        + lines(messages.stream().map(Described::line).toList());
    }

    private static String lines(List<String> all) {
        String shown = IntStream.range(0, Math.min(all.size(), MOST_LINES))
                .mapToObj(i -> "\n  " + (i + 1) + ". " + all.get(i))
                .collect(Collectors.joining());
        return all.size() > MOST_LINES ? shown + "\n  and " + (all.size() - MOST_LINES) + " more" : shown;
    }

    private static String line(SentMessage sent) {
        return quoted(subject(sent)) + " to " + list(sent.message().recipients());
    }

    private static String line(RefusedMessage refused) {
        String why = refused.outcome()
                .fold(sent -> "", not -> not.reason() + ": " + not.detail(), SendOutcome.Unknown::detail);
        return "to " + list(refused.message().recipients()) + ", " + why;
    }

    static String subject(SentMessage sent) {
        MessageContent content = sent.message().content();
        if (content instanceof MessageContent.Template template) {
            return template.inline()
                    .map(MessageContent.Simple::subject)
                    .orElseGet(() -> template.name().orElse(""));
        }
        return HeaderSection.first(HeaderSection.of(sent.message()), "Subject").orElse("");
    }

    static String quoted(String text) {
        return '"' + text + '"';
    }

    static String list(List<EmailAddress> addresses) {
        return addresses.isEmpty()
                ? "nobody"
                : addresses.stream().map(EmailAddress::headerValue).collect(Collectors.joining(", "));
    }
}
