package io.github.sesquill.message;

import org.jspecify.annotations.Nullable;

/** What a builder has heard about the content so far; exactly one kind must come of it. */
final class ContentChoice {

    @Nullable
    String subject;

    @Nullable
    String text;

    @Nullable
    String html;

    @Nullable
    String template;

    @Nullable
    TemplateData data;

    @Nullable
    RawContent raw;

    static ContentChoice of(MessageContent content) {
        ContentChoice choice = new ContentChoice();
        if (content instanceof RawContent mime) {
            choice.raw = mime;
        } else if (content instanceof StoredTemplate stored) {
            choice.template = stored.template();
            choice.data = stored.data();
        } else if (content instanceof InlineTemplate inline) {
            choice.take(inline.content());
            choice.data = inline.data();
        } else if (content instanceof MessageContent.Simple simple) {
            choice.take(simple);
        }
        return choice;
    }

    private void take(MessageContent.Simple simple) {
        subject = simple.subject();
        text = simple.text().orElse(null);
        html = simple.html().orElse(null);
    }

    MessageContent chosen() {
        boolean written = subject != null || text != null || html != null;
        int kinds = (written ? 1 : 0) + (template != null ? 1 : 0) + (raw != null ? 1 : 0);
        if (kinds > 1 || (raw != null && data != null)) {
            throw new IllegalArgumentException(
                    "The message has content of more than one kind; give it either subject, text"
                            + " and html, or template(…), or raw(…).");
        }
        if (raw != null) {
            return raw;
        }
        if (template != null && data != null) {
            return new StoredTemplate(template, data);
        }
        return data == null ? simple() : new InlineTemplate(simple(), data);
    }

    private MessageContent.Simple simple() {
        if (subject == null) {
            throw new IllegalArgumentException("The message has no subject; give it subject(…), perhaps an empty one.");
        }
        return new SimpleContent(subject, text, html);
    }
}
