package io.github.sesquill.examples;

import io.github.sesquill.test.FakeSes;
import io.github.sesquill.time.TimeSource;
import io.github.sesquill.transport.EmailTransport;
import java.util.List;
import java.util.Optional;

/** The fake SES: it refuses and publishes what SES would, on a time of its own in which nothing really waits. */
final class InMemorySes implements Ses {

    private final FakeSes fake;
    private final String description;

    InMemorySes(Options options) {
        fake = options.sandbox() ? FakeSes.sandbox() : FakeSes.production();
        fake.verifyIdentity(options.from().address());
        description = "the fake SES in memory (its time passes without waiting), "
                + (options.sandbox() ? "an account in the sandbox" : "a production account");
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public EmailTransport transport() {
        return fake.transport();
    }

    @Override
    public TimeSource time() {
        return fake.time();
    }

    @Override
    public Optional<List<String>> notifications() {
        return Optional.of(fake.settle());
    }

    @Override
    public void close() {
        fake.close();
    }
}
