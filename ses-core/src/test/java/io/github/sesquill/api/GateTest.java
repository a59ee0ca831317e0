package io.github.sesquill.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.api.ApiTestBed.Kind;
import io.github.sesquill.api.ScriptedServer.Request;
import io.github.sesquill.message.Attachment;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.transport.EmailTransport.Attempt;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The line of no return, and giving up on both sides of it. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SAME_THREAD) // the flag of the thread is looked at afterwards
class GateTest {

    private static final Duration LONGER_THAN_THE_TEST = Duration.ofSeconds(60);

    private ScriptedServer server;

    @BeforeEach
    void start() throws IOException {
        server = ScriptedServer.start();
    }

    @AfterEach
    void stop() throws IOException {
        assertThat(Thread.interrupted()).isFalse();
        server.close();
    }

    private SendOutcome send(Kind kind, EmailMessage message, Attempt attempt) {
        try (SesApiTransport transport =
                kind.transport(server.endpoint(), LONGER_THAN_THE_TEST, LONGER_THAN_THE_TEST)) {
            return transport.send(message, attempt);
        }
    }

    static Stream<Arguments> messages() {
        return Stream.of(Kind.values())
                .flatMap(kind -> Stream.of(
                        Arguments.of(kind, "small", ApiTestBed.message()),
                        Arguments.of(kind, "large", ApiTestBed.large())));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("messages")
    void isPassedOnceBeforeTheWholeBodyIsOut(Kind kind, String size, EmailMessage message) throws InterruptedException {
        TestAttempt attempt = new TestAttempt(() -> {
            assertThat(server.completeRequests()).isZero();
            return true;
        });
        assertThat(send(kind, message, attempt)).isInstanceOf(SendOutcome.Sent.class);
        assertThat(attempt.handOffs).hasValue(1);
        assertThat(server.takeRequest().isComplete()).isTrue();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("messages")
    void keepsTheLastByteWhenItIsShut(Kind kind, String size, EmailMessage message) throws InterruptedException {
        TestAttempt attempt = new TestAttempt(() -> false);
        assertNotSent(send(kind, message, attempt), Reason.CANCELLED);
        assertThat(attempt.handOffs).hasValue(1);
        Request request = server.takeRequest();
        assertThat(request.contentLength()).isPositive();
        assertThat((long) request.bodyBytes()).isLessThan(request.contentLength());
    }

    @ParameterizedTest
    @EnumSource
    void saysDeadlineWhenItIsShutBecauseItIsTooLate(Kind kind) {
        TestAttempt attempt = new TestAttempt(() -> false);
        TestAttempt tooLate = new TestAttempt(() -> {
            attempt.remaining = Duration.ZERO;
            return false;
        });
        assertNotSent(send(kind, ApiTestBed.message(), new Delegating(tooLate, attempt)), Reason.DEADLINE);
    }

    /** Takes its time from one attempt and everything else from another. */
    private record Delegating(TestAttempt all, TestAttempt time) implements Attempt {

        @Override
        public String id() {
            return all.id();
        }

        @Override
        public Duration remaining() {
            return time.remaining();
        }

        @Override
        public boolean handOff() {
            return all.handOff();
        }

        @Override
        public void onAbort(Runnable breakOff) {
            all.onAbort(breakOff);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isNotReachedWhenItIsTooLateAlready(Kind kind) {
        TestAttempt attempt = new TestAttempt();
        attempt.remaining = Duration.ZERO;
        assertNotSent(send(kind, ApiTestBed.message(), attempt), Reason.DEADLINE);
        assertThat(attempt.handOffs).hasValue(0);
        assertThat(server.requestsBegun()).isZero();
    }

    private static void assertNotSent(SendOutcome outcome, Reason reason) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        SendOutcome.NotSent.class,
                        notSent -> assertThat(notSent.reason()).isEqualTo(reason));
    }

    @Nested
    class BreakingOff {

        @ParameterizedTest
        @EnumSource
        void endsTheWaitForAnAnswer(Kind kind) throws Exception {
            server.then(ScriptedServer.silence());
            TestAttempt attempt = new TestAttempt();
            CompletableFuture<SendOutcome> sending =
                    CompletableFuture.supplyAsync(() -> send(kind, ApiTestBed.message(), attempt));
            server.takeRequest();
            attempt.breakOff();
            assertThat(sending.get()).isInstanceOf(SendOutcome.Unknown.class);
        }

        @ParameterizedTest
        @EnumSource
        void endsAStalledWrite(Kind kind) throws Exception {
            server.then(ScriptedServer.stallAfter(1000));
            TestAttempt attempt = new TestAttempt();
            EmailMessage huge =
                    ApiTestBed.builder().text("Thank you.\n".repeat(3_000_000)).build();
            CompletableFuture<SendOutcome> sending = CompletableFuture.supplyAsync(() -> send(kind, huge, attempt));
            server.takeRequest();
            attempt.breakOff();
            assertNotSent(sending.get(), Reason.CANCELLED);
            assertThat(attempt.handOffs).hasValue(0);
        }

        @ParameterizedTest
        @EnumSource
        void endsTheReadingOfAnAttachmentThatNeverComes(Kind kind) throws Exception {
            CountDownLatch read = new CountDownLatch(1);
            TestAttempt attempt = new TestAttempt();
            EmailMessage message = ApiTestBed.builder()
                    .attach(Attachment.of("slow.bin", () -> neverEnding(read)))
                    .build();
            CompletableFuture<SendOutcome> sending = CompletableFuture.supplyAsync(() -> send(kind, message, attempt));
            read.await();
            attempt.breakOff();
            assertNotSent(sending.get(), Reason.CANCELLED);
            assertThat(server.requestsBegun()).isZero();
        }

        private static InputStream neverEnding(CountDownLatch read) {
            return new InputStream() {
                @Override
                public int read(byte[] into, int from, int length) throws IOException {
                    return read();
                }

                @Override
                public int read() throws IOException {
                    read.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        throw new InterruptedIOException();
                    }
                    return -1;
                }
            };
        }

        @ParameterizedTest
        @EnumSource
        void endsItBeforeAnyByteWhenItWasCancelledBefore(Kind kind) {
            TestAttempt attempt = new TestAttempt() {
                @Override
                public void onAbort(Runnable how) {
                    how.run();
                }
            };
            assertNotSent(send(kind, ApiTestBed.message(), attempt), Reason.CANCELLED);
            assertThat(attempt.handOffs).hasValue(0);
            assertThat(server.requestsBegun()).isZero();
        }

        @ParameterizedTest
        @EnumSource
        void changesNothingOnceTheAnswerIsThere(Kind kind) {
            TestAttempt attempt = new TestAttempt();
            assertThat(send(kind, ApiTestBed.message(), attempt)).isInstanceOf(SendOutcome.Sent.class);
            attempt.breakOff();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Nested
    class Interrupts {

        @ParameterizedTest
        @EnumSource
        void cancelBeforeTheLine(Kind kind) {
            Thread.currentThread().interrupt();
            SendOutcome outcome = send(kind, ApiTestBed.message(), new TestAttempt());
            assertThat(Thread.interrupted()).isTrue();
            assertNotSent(outcome, Reason.CANCELLED);
            assertThat(server.requestsBegun()).isZero();
        }

        @ParameterizedTest
        @EnumSource
        void leaveItUnknownAfterTheLine(Kind kind) {
            server.then(ScriptedServer.fin());
            SendOutcome outcome = send(kind, ApiTestBed.message(), interruptedAtTheLine());
            assertThat(Thread.interrupted()).isTrue();
            assertThat(outcome).isInstanceOf(SendOutcome.Unknown.class);
        }

        @ParameterizedTest
        @EnumSource
        void neverMakeAnAnsweredMessageNotSent(Kind kind) {
            SendOutcome outcome = send(kind, ApiTestBed.message(), interruptedAtTheLine());
            assertThat(Thread.interrupted()).isTrue();
            assertThat(outcome).isNotInstanceOf(SendOutcome.NotSent.class);
        }

        @ParameterizedTest
        @EnumSource
        void endTheWaitForAnAnswer(Kind kind) throws Exception {
            server.then(ScriptedServer.silence());
            assertThat(interrupted(kind, ApiTestBed.message())).isInstanceOf(SendOutcome.Unknown.class);
        }

        @ParameterizedTest
        @EnumSource
        void endAStalledWrite(Kind kind) throws Exception {
            server.then(ScriptedServer.stallAfter(1000));
            EmailMessage huge =
                    ApiTestBed.builder().text("Thank you.\n".repeat(3_000_000)).build();
            assertNotSent(interrupted(kind, huge), Reason.CANCELLED);
        }

        /** Sends on a thread of its own and interrupts it once the request is there; the flag must stay set. */
        private SendOutcome interrupted(Kind kind, EmailMessage message) throws Exception {
            CompletableFuture<Boolean> flag = new CompletableFuture<>();
            CompletableFuture<SendOutcome> outcome = new CompletableFuture<>();
            Thread sender = new Thread(() -> {
                outcome.complete(send(kind, message, new TestAttempt()));
                flag.complete(Thread.currentThread().isInterrupted());
            });
            sender.start();
            server.takeRequest();
            sender.interrupt();
            assertThat(flag.get()).isTrue();
            return outcome.get();
        }

        private static TestAttempt interruptedAtTheLine() {
            return new TestAttempt(() -> {
                Thread.currentThread().interrupt();
                return true;
            });
        }
    }
}
