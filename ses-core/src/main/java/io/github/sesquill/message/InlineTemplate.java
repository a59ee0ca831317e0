package io.github.sesquill.message;

import java.util.Optional;

/** A template that comes with the message. */
record InlineTemplate(Simple content, TemplateData data) implements MessageContent.Template {

    @Override
    public Optional<String> name() {
        return Optional.empty();
    }

    @Override
    public Optional<Simple> inline() {
        return Optional.of(content);
    }
}
