package io.github.sesquill.test;

import static io.github.sesquill.test.SesAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Two tests that JUnit runs at the same time, message by message, each see their own mail only. */
class ParallelTestsTest {

    private static final int SENDS = 500;

    @Test
    void seeOnlyTheirOwnMail() {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(Pair.class))
                                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                                .configurationParameter(
                                        "junit.jupiter.execution.parallel.config.executor-service", "FORK_JOIN_POOL")
                                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                                .configurationParameter(
                                        "junit.jupiter.execution.parallel.config.fixed.parallelism", "2")
                                .build(),
                        listener);

        TestExecutionSummary summary = listener.getSummary();
        assertThat(summary.getFailures())
                .extracting(TestExecutionSummary.Failure::getException)
                .isEmpty();
        assertThat(summary.getTestsSucceededCount()).isEqualTo(2);
    }

    /** Neither of them gets on without the other: one after the other they would wait until they give up. */
    @Tag("by-hand")
    @ExtendWith(FakeSesExtension.class)
    static class Pair {

        private static final CyclicBarrier TOGETHER = new CyclicBarrier(2);

        @Test
        void ofJane(FakeSes ses) {
            sendsTo("jane@example.com", ses);
        }

        @Test
        void ofJoe(FakeSes ses) {
            sendsTo("joe@example.com", ses);
        }

        private static void sendsTo(String reader, FakeSes ses) {
            ses.verifyIdentity("acme.example");
            for (int i = 0; i < SENDS; i++) {
                meet();
                ses.mailer().send(Messages.to(reader));
            }
            assertThat(ses).hasSent(SENDS).hasRefusedNothing();
            assertThat(ses.sent()).allSatisfy(sent -> assertThat(sent).goesOnlyTo(reader));
            assertThat(ses.settle())
                    .hasSize(SENDS)
                    .allSatisfy(json -> assertThat(json).contains(reader));
        }

        private static void meet() {
            try {
                TOGETHER.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new AssertionError("The other test is not there.", e);
            }
        }
    }
}
