package io.github.sesquill;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.time.TimeSource;
import io.github.sesquill.transport.SendOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OpenSendsTest {

    private final Hours time = new Hours();
    private final List<String> settled = new ArrayList<>();
    private final OpenSends open =
            OpenSends.keeping(3, (unknown, messageId) -> settled.add(unknown.attemptId() + "=" + messageId), time);

    @Test
    void anUnknownSendIsOpenUntilItsEventComes() {
        ended(unknown("a-1"));
        assertThat(open.openFor(Duration.ZERO)).singleElement().satisfies(send -> {
            assertThat(send.outcome().attemptId()).isEqualTo("a-1");
            assertThat(send.since()).isEqualTo(Instant.EPOCH);
        });

        assertThat(open.settle("a-1", "0102")).isTrue();

        assertThat(settled).containsExactly("a-1=0102");
        assertThat(open.openFor(Duration.ZERO)).isEmpty();
    }

    @Test
    void aSendIsSettledOnce() {
        ended(unknown("a-1"));
        open.settle("a-1", "0102");

        assertThat(open.settle("a-1", "0102")).isFalse();
        assertThat(settled).hasSize(1);
    }

    @Test
    void anyOfItsAttemptsSettlesASend() {
        ended(SendOutcome.unknown("silence").withTrail(List.of("a-1", "a-2"), List.of()));

        assertThat(open.settle("a-1", "0102")).isTrue();
        assertThat(open.settle("a-2", "0103")).isFalse();
        assertThat(settled).hasSize(1);
        assertThat(open.openFor(Duration.ZERO)).isEmpty();
    }

    @Test
    void anEventMayBeFasterThanTheEndOfItsSend() {
        assertThat(open.settle("a-1", "0102")).isFalse();
        ended(unknown("a-1"));

        assertThat(settled).containsExactly("a-1=0102");
        assertThat(open.openFor(Duration.ZERO)).isEmpty();
    }

    @Test
    void whatIsKnownIsNeverOpen() {
        ended(SendOutcome.sent("0102", "<0102@example.com>").withTrail(List.of("a-1"), List.of()));
        ended(SendOutcome.notSent(SendOutcome.Reason.REJECTED, "no").withTrail(List.of("a-2"), List.of()));

        assertThat(open.openFor(Duration.ZERO)).isEmpty();
        assertThat(open.settle("a-1", "0102")).isFalse();
        assertThat(settled).isEmpty();
    }

    @Test
    void whatIsAcceptedWithoutAnIdGetsItsIdByTheEvent() {
        ended(SendOutcome.acceptedWithoutId("no id").withTrail(List.of("a-1"), List.of()));

        assertThat(open.settle("a-1", "0102")).isTrue();
    }

    @Test
    void whatStaysOpenIsListedAfterATimeTheOldestFirst() {
        ended(unknown("a-1"));
        time.pass(Duration.ofMinutes(10));
        ended(unknown("a-2"));
        time.pass(Duration.ofMinutes(20));

        assertThat(open.openFor(Duration.ofMinutes(30)))
                .extracting(send -> send.outcome().attemptId())
                .containsExactly("a-1");
        assertThat(open.openFor(Duration.ZERO))
                .extracting(send -> send.outcome().attemptId())
                .containsExactly("a-1", "a-2");
    }

    @Test
    void theOldestIsGivenUpWhenTooManyAreOpen() {
        IntStream.rangeClosed(1, 4).forEach(i -> ended(unknown("a-" + i)));

        assertThat(open.openFor(Duration.ZERO))
                .extracting(send -> send.outcome().attemptId())
                .containsExactly("a-2", "a-3", "a-4");
    }

    @Test
    void onlyTheLastEventsAreRemembered() {
        IntStream.rangeClosed(1, 4).forEach(i -> open.settle("a-" + i, "010" + i));
        ended(unknown("a-1"));
        ended(unknown("a-4"));

        assertThat(settled).containsExactly("a-4=0104");
        assertThat(open.openFor(Duration.ZERO)).hasSize(1);
    }

    @Test
    void aConsumerThatThrowsChangesNothing() {
        OpenSends throwing = OpenSends.create(
                (unknown, messageId) -> {
                    throw new IllegalStateException("no database");
                },
                time);
        throwing.finished(unknown("a-1"), Duration.ZERO);

        assertThat(throwing.settle("a-1", "0102")).isTrue();
        assertThat(throwing.openFor(Duration.ZERO)).isEmpty();
    }

    @Test
    void isSettledOnceHoweverTheEventAndTheEndRace() throws Exception {
        int sends = 2_000;
        AtomicInteger told = new AtomicInteger();
        OpenSends raced = OpenSends.create((unknown, messageId) -> told.incrementAndGet(), time);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Future<?> ends = threads.submit(() ->
                    IntStream.range(0, sends).forEach(i -> raced.finished(unknown("a-" + i), Duration.ZERO)));
            Future<?> events =
                    threads.submit(() -> IntStream.range(0, sends).forEach(i -> raced.settle("a-" + i, "m-" + i)));
            Future<?> again =
                    threads.submit(() -> IntStream.range(0, sends).forEach(i -> raced.settle("a-" + i, "m-" + i)));
            ends.get();
            events.get();
            again.get();
        } finally {
            threads.shutdownNow();
        }
        assertThat(told).hasValue(sends);
        assertThat(raced.openFor(Duration.ZERO)).isEmpty();
    }

    private void ended(SendOutcome outcome) {
        open.finished(outcome, Duration.ofSeconds(20));
    }

    private static SendOutcome unknown(String attempt) {
        return SendOutcome.unknown("silence").withTrail(List.of(attempt), List.of());
    }

    /** A time that passes when it is told to. */
    private static final class Hours implements TimeSource {

        private Duration passed = Duration.ZERO;

        void pass(Duration more) {
            passed = passed.plus(more);
        }

        @Override
        public long nanoTime() {
            return passed.toNanos();
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plus(passed);
        }

        @Override
        public long awaitNanos(Condition condition, long nanos) {
            throw new AssertionError("Nobody waits.");
        }
    }
}
