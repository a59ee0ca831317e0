package io.github.sesquill;

import io.github.sesquill.transport.SendOutcome;

/** Lets one interceptor of the user's have its say. */
record Interception(SendInterceptor interceptor) implements Stage {

    @Override
    public SendOutcome pass(Send send, Next next) {
        return interceptor.intercept(send.message(), message -> send.keep(next.proceed(send.with(message))));
    }
}
