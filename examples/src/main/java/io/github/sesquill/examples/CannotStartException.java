package io.github.sesquill.examples;

/** Nothing was sent, for the reason that its message says in one sentence. */
final class CannotStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CannotStartException(String sentence) {
        super(sentence);
    }

    /** Returns the sentence; other exceptions may have none, this one always has. */
    String sentence() {
        return String.valueOf(getMessage());
    }
}
