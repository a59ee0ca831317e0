package io.github.sesquill.test.engine;

import org.jspecify.annotations.Nullable;

/** A subject and one or two bodies, as text or as the text of a template; {@code toString} shows no more than sizes. */
public record Body(
        String subject, @Nullable String text, @Nullable String html) {

    @Override
    public String toString() {
        return "Body[" + (text == null ? 0 : text.length()) + " of text, " + (html == null ? 0 : html.length())
                + " of HTML]";
    }
}
