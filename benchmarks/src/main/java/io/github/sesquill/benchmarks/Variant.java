package io.github.sesquill.benchmarks;

/** One way to do what is measured; its operation is done by many threads at once. */
record Variant(String name, Operation operation) {

    /** What is done over and over; it throws when it did not do its work, which ends the measurement. */
    @FunctionalInterface
    interface Operation {
        void run() throws Exception;
    }
}
