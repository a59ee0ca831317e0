package io.github.sesquill.message;

import java.util.Optional;

/** A subject and bodies, checked. */
record SimpleContent(String subject, Optional<String> text, Optional<String> html) implements MessageContent.Simple {

    SimpleContent {
        if (text.isEmpty() && html.isEmpty()) {
            throw new IllegalArgumentException("The message has no body; give it text(…), html(…) or both.");
        }
        text.ifPresent(body -> BodyText.check("text", body));
        html.ifPresent(body -> BodyText.check("HTML", body));
    }

    @Override
    public String subjectHeaderValue() {
        return HeaderText.subject(subject);
    }

    @Override
    public String toString() {
        return "Simple" + (text.isPresent() ? " text" : "") + (html.isPresent() ? " html" : "");
    }
}
