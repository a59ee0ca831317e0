package io.github.sesquill.api;

/** A message that cannot be made into a request; the message says why and may hold what the caller wrote. */
final class UnsendableException extends Exception {

    private static final long serialVersionUID = 1L;

    UnsendableException(String message) {
        super(message);
    }

    UnsendableException(String message, Throwable cause) {
        super(message, cause);
    }
}
