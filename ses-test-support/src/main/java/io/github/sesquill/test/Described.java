package io.github.sesquill.test;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.MessageContent;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
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

    /** Says what to do if nothing came through because something was forgotten that every test must do. */
    static String advice(List<SentMessage> sent, List<RefusedMessage> refused) {
        if (!sent.isEmpty()) {
            return "";
        }
        for (RefusedMessage message : refused) {
            String advice = message.outcome().fold(none -> "", not -> advice(message, not.reason()), unknown -> "");
            if (!advice.isEmpty()) {
                return "\nHint: " + advice;
            }
        }
        return "";
    }

    private static String advice(RefusedMessage message, Reason reason) {
        return switch (reason) {
            case UNVERIFIED ->
                "ses.verifyIdentity(\"" + message.message().from().domain() + "\") lets it send; the sandbox wants its"
                        + " recipients verified too.";
            case SENDING_PAUSED -> "ses.resumeSending() ends the pause.";
            case THROTTLED, DAILY_QUOTA ->
                "ses.changeQuota(…) lets it send more, ses.time().advance(…) lets time pass.";
            default -> "";
        };
    }

    private static String lines(List<String> all) {
        String shown = IntStream.range(0, Math.min(all.size(), MOST_LINES))
                .mapToObj(i -> "\n  " + (i + 1) + ". " + all.get(i))
                .collect(Collectors.joining());
        return all.size() > MOST_LINES ? shown + "\n  and " + (all.size() - MOST_LINES) + " more" : shown;
    }

    private static String line(SentMessage sent) {
        return quoted(subject(sent)) + " to " + list(sent.message().recipients())
                + sent.renderingFailure().map(why -> ", not rendered: " + why).orElse("");
    }

    private static String line(RefusedMessage refused) {
        String why = refused.outcome()
                .fold(sent -> "", not -> not.reason() + ": " + not.detail(), SendOutcome.Unknown::detail);
        return "to " + list(refused.message().recipients()) + ", " + why;
    }

    static String subject(SentMessage sent) {
        MessageContent content = sent.message().content();
        return sent.subject().isEmpty() && content instanceof MessageContent.Template template
                ? template.name().map(name -> "template " + name).orElse("")
                : sent.subject();
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
