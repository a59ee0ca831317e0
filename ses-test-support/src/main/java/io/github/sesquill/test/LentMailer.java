package io.github.sesquill.test;

import io.github.sesquill.SesMailer;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The mailer that a fake gives to everybody who asks: always the same one, until somebody closes it. Thread-safe. */
final class LentMailer {

    private final FakeSes ses;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable FakeTransport transport;
    private @Nullable SesMailer mailer;

    LentMailer(FakeSes ses) {
        this.ses = ses;
    }

    SesMailer get() {
        lock.lock();
        try {
            if (mailer == null || transport == null || transport.isClosed()) {
                transport = new FakeTransport(ses);
                mailer = SesMailer.builder(transport).time(ses.time()).build();
            }
            return mailer;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            if (mailer != null) {
                mailer.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
