package io.github.sesquill;

import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.transport.SendOutcome;

/**
 * Sees every message before it is sent: may change it, refuse it, or look at what became of it.
 *
 * <pre>{@code
 * SesMailer.builder(transport)
 *         .intercept((message, next) -> next.proceed(message.toBuilder().tag("service", "shop").build()))
 *         .build();
 * }</pre>
 *
 * <p>Called once for each message in the sending thread, before suppression, quota and retries. Must be thread-safe. An
 * exception of its own goes through to the caller of the mailer.
 */
@FunctionalInterface
public interface SendInterceptor {

    /** Answers what became of a message, by handing it or another on to what comes next, or without. */
    SendOutcome intercept(EmailMessage message, Next next);

    /** The rest of the way. */
    @FunctionalInterface
    interface Next {

        /** Sends the message. */
        SendOutcome proceed(EmailMessage message);
    }
}
