package io.github.sesquill.local;

import io.github.sesquill.test.engine.Refusal;
import java.io.Serial;

/** The engine has refused what a caller of the API wants. */
final class ApiRefusalException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    ApiRefusalException(Refusal refusal) {
        super(refusal.text(), null, false, false);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
