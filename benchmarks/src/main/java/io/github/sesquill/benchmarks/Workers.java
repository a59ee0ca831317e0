package io.github.sesquill.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A fixed number of threads that do one operation over and over for a slice of time, and what that cost.
 *
 * <p>The same threads serve all variants, so that neither has younger ones. Not thread-safe.
 */
final class Workers implements AutoCloseable {

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private final int threads;
    private final ExecutorService pool;
    private final CyclicBarrier start;

    Workers(int threads) {
        this.threads = threads;
        this.pool = Executors.newFixedThreadPool(threads);
        this.start = new CyclicBarrier(threads + 1);
    }

    /**
     * Has all threads do the operation until the time has passed; each finishes what it began.
     *
     * @throws java.util.concurrent.ExecutionException if an operation failed
     */
    Slice run(Variant.Operation operation, Duration length) throws Exception {
        List<Future<Share>> shares = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            shares.add(pool.submit(() -> share(operation, length)));
        }
        long cpu = PROCESS.getProcessCpuTime();
        long begin = System.nanoTime();
        start.await();
        long operations = 0;
        long bytes = 0;
        for (Future<Share> share : shares) {
            operations += share.get().operations;
            bytes += share.get().bytes;
        }
        return new Slice(operations, System.nanoTime() - begin, PROCESS.getProcessCpuTime() - cpu, bytes);
    }

    private Share share(Variant.Operation operation, Duration length) throws Exception {
        start.await();
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long begin = System.nanoTime();
        long operations = 0;
        do {
            operation.run();
            operations++;
        } while (System.nanoTime() - begin < length.toNanos());
        return new Share(operations, THREADS.getCurrentThreadAllocatedBytes() - bytes);
    }

    private record Share(long operations, long bytes) {}

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
