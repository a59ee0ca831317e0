package io.github.sesquill.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** What is alive on the heap of this process. */
final class Heap {

    private Heap() {}

    /** Returns the bytes that are left after a collection, and after one more for what the first made unreachable. */
    static long afterCollection() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    static String megabytes(double megabytes) {
        return String.format(Locale.ROOT, "%.1f MB", megabytes);
    }
}
