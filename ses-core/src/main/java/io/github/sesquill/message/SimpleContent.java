package io.github.sesquill.message;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A subject and bodies, checked. */
record SimpleContent(
        String subject, @Nullable String textBody, @Nullable String htmlBody) implements MessageContent.Simple {

    SimpleContent {
        if (textBody == null && htmlBody == null) {
            throw new IllegalArgumentException("The message has no body; give it text(…), html(…) or both.");
        }
        check("text", textBody);
        check("HTML", htmlBody);
    }

    private static void check(String which, @Nullable String body) {
        if (body != null) {
            BodyText.check(which, body);
        }
    }

    @Override
    public Optional<String> text() {
        return Optional.ofNullable(textBody);
    }

    @Override
    public Optional<String> html() {
        return Optional.ofNullable(htmlBody);
    }

    @Override
    public String subjectHeaderValue() {
        return HeaderText.subject(subject);
    }

    @Override
    public String toString() {
        return "Simple" + (textBody == null ? "" : " text") + (htmlBody == null ? "" : " html");
    }
}
