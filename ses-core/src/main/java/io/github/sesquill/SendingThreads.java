package io.github.sesquill;

import io.github.sesquill.Submissions.Queued;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The threads that send for others: bounded pools of our own, one for single sends and one for bulk so that a newsletter
 * holds no thread that a password reset needs, or an executor of the user's for both. Blocking threads in a bounded pool
 * cost less than virtual ones here: what bounds sending is the quota.
 */
final class SendingThreads {

    private static final long IDLE_SECONDS = 5;

    private final Consumer<Queued> single;
    private final Consumer<Queued> forget;
    private final Executor bulk;
    private final List<ThreadPoolExecutor> own;
    private final ThreadLocal<Boolean> atWork = new ThreadLocal<>();

    private SendingThreads(
            Consumer<Queued> single, Consumer<Queued> forget, Executor bulk, List<ThreadPoolExecutor> own) {
        this.single = single;
        this.forget = forget;
        this.bulk = bulk;
        this.own = own;
    }

    static SendingThreads own(int concurrency, SendLine line) {
        ThreadPoolExecutor single = pool("sesquill-send-", concurrency);
        ThreadPoolExecutor bulk = pool("sesquill-bulk-", concurrency);
        Crew crew = new Crew(single, concurrency, line);
        return new SendingThreads(crew::take, crew::forget, bulk, List.of(single, bulk));
    }

    static SendingThreads of(Executor users) {
        return new SendingThreads(users::execute, task -> {}, users, List.of());
    }

    /** What waits for a thread is bounded before it comes here. */
    private static ThreadPoolExecutor pool(String name, int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new Named(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Names threads, which keep the JVM alive while they send, and remembers them until they have ended. */
    private static final class Named implements ThreadFactory {

        private final String prefix;
        private final AtomicInteger count = new AtomicInteger();
        private final Set<Thread> alive = ConcurrentHashMap.newKeySet();

        Named(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public Thread newThread(Runnable task) {
            alive.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
            Thread thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(false);
            alive.add(thread);
            return thread;
        }

        void awaitEnd(Duration atMost) throws InterruptedException {
            long end = System.nanoTime() + atMost.toNanos();
            for (Thread thread : alive) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            }
        }
    }

    /** Tells whether the calling thread sends, or tells of a send, and must not wait for others that do. */
    boolean isOne() {
        return atWork.get() != null;
    }

    /** Has the calling thread be one of them while it does its work, whoever made it. */
    void during(Runnable work) {
        if (isOne()) {
            work.run();
            return;
        }
        atWork.set(Boolean.TRUE);
        try {
            work.run();
        } finally {
            atWork.remove();
        }
    }

    /** Says why a task was not taken. */
    static String refusal(Throwable thrown) {
        return thrown instanceof RejectedExecutionException
                ? "The executor took no more work;"
                : "The executor failed with " + thrown.getClass().getName() + ';';
    }

    void send(Queued task) {
        single.accept(task);
    }

    /** Drops a task that no thread has begun, so that what was cancelled takes no room; an executor of the user's keeps it. */
    void forget(Queued task) {
        forget.accept(task);
    }

    void sendBulk(Runnable task) {
        bulk.execute(() -> during(task));
    }

    /** Ends threads of our own, which have nothing left to do; an executor of the user's stays his. */
    void close(Duration atMost) {
        own.forEach(ThreadPoolExecutor::shutdown);
        try {
            for (ThreadPoolExecutor pool : isOne() ? List.<ThreadPoolExecutor>of() : own) {
                ((Named) pool.getThreadFactory()).awaitEnd(atMost);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
