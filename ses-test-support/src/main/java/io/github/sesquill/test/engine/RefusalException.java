package io.github.sesquill.test.engine;

import java.io.Serial;

/** The account cannot be changed as it was told to be. */
public final class RefusalException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    RefusalException(Refusal refusal) {
        super(refusal.text());
        this.refusal = refusal;
    }

    /** Returns what SES says. */
    public Refusal refusal() {
        return refusal;
    }
}
