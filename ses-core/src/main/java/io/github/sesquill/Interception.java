package io.github.sesquill;

import io.github.sesquill.transport.SendOutcome;
import java.util.Objects;

/** Lets one interceptor of the user's have its say. */
record Interception(SendInterceptor interceptor) implements Stage {

    @Override
    public SendOutcome pass(Send send, Next next) {
        return Objects.requireNonNull(
                interceptor.intercept(send.message(), message -> send.keep(next.proceed(send.with(message)))),
                () -> "The interceptor " + interceptor.getClass().getName()
                        + " answered null; it must answer what it was told, or an outcome of its own.");
    }
}
