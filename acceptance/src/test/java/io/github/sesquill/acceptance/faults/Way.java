package io.github.sesquill.acceptance.faults;

import io.github.sesquill.SesMailer;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.transport.SendOutcome;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Assumptions;

/** The ways to send a message, which must not differ in what becomes of it. */
enum Way {
    SYNC {
        @Override
        SendOutcome send(SesMailer mailer, EmailMessage message) {
            return mailer.trySend(message);
        }
    },
    VIRTUAL_THREAD {
        @Override
        SendOutcome send(SesMailer mailer, EmailMessage message) throws Exception {
            ExecutorService executor = virtualThreads();
            try {
                return executor.submit(() -> mailer.trySend(message)).get();
            } finally {
                executor.shutdownNow();
            }
        }
    };

    abstract SendOutcome send(SesMailer mailer, EmailMessage message) throws Exception;

    /** Makes an executor with a virtual thread for each task; skips the test where there are none. */
    static ExecutorService virtualThreads() throws ReflectiveOperationException {
        Assumptions.assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with JDK 21");
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("There is no executor of virtual threads.", e);
        }
    }
}
