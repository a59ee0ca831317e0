package io.github.sesquill.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.BulkOptions;
import io.github.sesquill.BulkSend;
import io.github.sesquill.SesMailer;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.transport.SendOutcome;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
    ASYNC {
        @Override
        SendOutcome send(SesMailer mailer, EmailMessage message) {
            return mailer.sendAsync(message).join();
        }
    },
    ASYNC_ON_VIRTUAL_THREADS {
        @Override
        SesMailer.Builder prepare(SesMailer.Builder builder) throws ReflectiveOperationException {
            return builder.executor(virtualThreads());
        }

        @Override
        SendOutcome send(SesMailer mailer, EmailMessage message) {
            return mailer.sendAsync(message).join();
        }
    },
    BULK {
        @Override
        SendOutcome send(SesMailer mailer, EmailMessage message) {
            List<SendOutcome> outcomes = new CopyOnWriteArrayList<>();
            BulkSend.Report report = mailer.sendAll(
                            List.of(message), BulkOptions.defaults().onResult(result -> outcomes.add(result.outcome())))
                    .join();
            assertThat(outcomes).as(report.toString()).hasSize(1);
            return outcomes.get(0);
        }

        @Override
        boolean waitsForTheDay() {
            return true;
        }
    },
    VIRTUAL_THREAD {
        @Override
        SesMailer.Builder prepare(SesMailer.Builder builder) {
            assumeVirtualThreads();
            return builder;
        }

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

    /** Gives a mailer what this way needs. */
    SesMailer.Builder prepare(SesMailer.Builder builder) throws ReflectiveOperationException {
        return builder;
    }

    /** Tells whether a full day is waited for and not answered. */
    boolean waitsForTheDay() {
        return false;
    }

    abstract SendOutcome send(SesMailer mailer, EmailMessage message) throws Exception;

    private static void assumeVirtualThreads() {
        Assumptions.assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with JDK 21");
    }

    /** Makes an executor with a virtual thread for each task; skips the test where there are none. */
    static ExecutorService virtualThreads() throws ReflectiveOperationException {
        assumeVirtualThreads();
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("There is no executor of virtual threads.", e);
        }
    }
}
