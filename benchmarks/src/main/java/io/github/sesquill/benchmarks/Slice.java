package io.github.sesquill.benchmarks;

/**
 * What one variant did in its slice of a round.
 *
 * @param cpuNanos CPU time of this whole process, garbage collector and compiler included
 * @param allocatedBytes by the threads that did the operations
 */
record Slice(long operations, long wallNanos, long cpuNanos, long allocatedBytes) {

    double perSecond() {
        return operations * 1e9 / wallNanos;
    }

    double cpuMicrosPerOperation() {
        return cpuNanos / 1e3 / operations;
    }

    double bytesPerOperation() {
        return (double) allocatedBytes / operations;
    }
}
