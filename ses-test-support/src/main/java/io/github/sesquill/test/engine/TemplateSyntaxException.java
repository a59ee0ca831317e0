package io.github.sesquill.test.engine;

import java.io.Serial;

/** The text of a template is malformed, or asks for what SES does not offer. */
final class TemplateSyntaxException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    TemplateSyntaxException(String what, int position) {
        super("The template is invalid: " + what + " at character " + (position + 1) + ".");
    }
}
