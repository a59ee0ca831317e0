package io.github.sesquill.message;

import java.util.Optional;

/** A template that SES keeps, by name. */
record StoredTemplate(String template, TemplateData data) implements MessageContent.Template {

    @Override
    public Optional<String> name() {
        return Optional.of(template);
    }

    @Override
    public Optional<Simple> inline() {
        return Optional.empty();
    }
}
