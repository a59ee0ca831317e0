package io.github.sesquill.examples;

import io.github.sesquill.SendListener;
import io.github.sesquill.transport.SendOutcome;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Locale;

/**
 * Shows in Micrometer what a mailer does: how many sends wait for a thread, how long mail waits for quota, how long attempts
 * and whole sends take, and what became of them. Tags are outcomes and reasons, never addresses.
 */
final class MailMeters implements SendListener {

    private final MeterRegistry registry;

    MailMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void queued(int waiting) {
        registry.summary("ses.queue").record(waiting);
    }

    @Override
    public void waited(int recipients, Duration inLine) {
        registry.timer("ses.quota.wait").record(inLine);
    }

    @Override
    public void attempted(String attemptId, SendOutcome outcome, Duration took) {
        registry.timer("ses.attempt", tags(outcome)).record(took);
    }

    @Override
    public void finished(SendOutcome outcome, Duration took) {
        registry.timer("ses.send", tags(outcome)).record(took);
        registry.counter("ses.suppressed").increment(outcome.suppressed().size());
    }

    /** Both tags always, for some monitoring systems take a meter only with the same ones. */
    private static Tags tags(SendOutcome outcome) {
        return outcome.fold(
                sent -> Tags.of("outcome", "sent", "reason", "none"),
                notSent -> Tags.of(
                        "outcome", "not sent", "reason", notSent.reason().name().toLowerCase(Locale.ROOT)),
                unknown -> Tags.of("outcome", "unknown", "reason", unknown.accepted() ? "accepted" : "none"));
    }
}
