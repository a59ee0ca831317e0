package io.github.sesquill.test.engine;

import java.io.Serial;

/** A template cannot be filled with the data that it got. */
final class MissingAttributeException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    MissingAttributeException(String message) {
        super(message);
    }

    static MissingAttributeException of(String path) {
        return new MissingAttributeException("Attribute '" + path + "' is not present in the rendering data.");
    }
}
