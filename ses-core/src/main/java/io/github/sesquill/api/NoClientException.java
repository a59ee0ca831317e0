package io.github.sesquill.api;

import org.jspecify.annotations.Nullable;

/** There is no client to send through. */
final class NoClientException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    NoClientException(String why, @Nullable Throwable cause) {
        super("No client for SES could be made; " + why, cause);
    }
}
