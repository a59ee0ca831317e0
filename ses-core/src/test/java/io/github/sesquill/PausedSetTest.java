package io.github.sesquill;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.BulkSend.Report;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.TemplateMailing;
import io.github.sesquill.quota.QuotaGuard;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A configuration set that is paused stops what goes to it and nothing else. */
@Timeout(60)
class PausedSetTest {

    /** A batch says which of the two is paused by a status, and need not say anything else. */
    private static final NotSent BY_STATUS =
            SendOutcome.notSent(Reason.SENDING_PAUSED, "no reason was given").code("CONFIGURATION_SET_SENDING_PAUSED");

    private static final NotSent BY_WORDS =
            SendOutcome.notSent(Reason.SENDING_PAUSED, "Email sending is disabled for configuration set news.");

    private final ScriptedTransport transport = new ScriptedTransport();
    private SesMailer mailer =
            SesMailer.builder(transport).quota(SendingQuota.perSecond(100_000)).build();

    @AfterEach
    void close() {
        mailer.close(Duration.ZERO);
    }

    static Stream<NotSent> paused() {
        return Stream.of(BY_STATUS, BY_WORDS);
    }

    private static EmailMessage ofSet(String set, int number) {
        return ScriptedTransport.mail(number).toBuilder().configurationSet(set).build();
    }

    private static TemplateMailing mailing() {
        return TemplateMailing.from("news@acme.example")
                .template("october")
                .configurationSet("news")
                .entries(
                        IntStream.range(0, 1_000).boxed().toList(),
                        i -> TemplateMailing.Entry.to("jane" + i + "@example.com")
                                .build());
    }

    private static boolean isOfNews(EmailMessage message) {
        return message.configurationSet().filter("news"::equals).isPresent();
    }

    @ParameterizedTest
    @MethodSource("paused")
    void oneMessageOfThatSetDoesNotStopTheRest(NotSent paused) {
        transport.then((message, attempt) -> isOfNews(message) ? paused : transport.take(message, attempt));
        List<EmailMessage> messages = IntStream.range(0, 1_000)
                .mapToObj(i -> ofSet(i == 7 ? "news" : "receipts", i))
                .toList();
        Report report = mailer.sendAll(messages, BulkOptions.defaults()).join();
        assertThat(report.stopped()).isEmpty();
        assertThat(report.sent()).isEqualTo(999);
        assertThat(report.firstNotSent())
                .singleElement()
                .satisfies(result -> assertThat(result.index()).isEqualTo(7));
    }

    @ParameterizedTest
    @MethodSource("paused")
    void aMailingToThatSetStops(NotSent paused) {
        transport.thenEntries((message, batch) -> paused);
        assertThat(mailer.sendAll(mailing(), BulkOptions.defaults()).join().stopped())
                .hasValueSatisfying(why -> assertThat(why).contains("SES has paused sending"));
    }

    @Test
    void aMailingGoesOnWhenOneMailOfItWasMovedToThatSet() {
        transport.thenEntries((message, batch) -> SendOutcome.sent("id", "<id@email.amazonses.com>"));
        transport.then((message, attempt) -> BY_STATUS);
        mailer.close();
        mailer = SesMailer.builder(transport)
                .quota(SendingQuota.perSecond(100_000))
                .intercept((message, next) -> next.proceed(
                        ScriptedTransport.key(message).equals("jane7@example.com")
                                ? message.toBuilder().configurationSet("moved").build()
                                : message))
                .build();
        Report report = mailer.sendAll(mailing(), BulkOptions.defaults()).join();
        assertThat(report.stopped()).isEmpty();
        assertThat(report.sent()).isEqualTo(999);
    }

    @ParameterizedTest
    @MethodSource("paused")
    void whoWaitsForQuotaIsTurnedAwayOnlyIfHeSendsToThatSet(NotSent paused) throws Exception {
        AtomicBoolean granted = new AtomicBoolean();
        QuotaGuard once = new OnceGuard(granted);
        mailer.close();
        mailer = SesMailer.builder(transport)
                .quota(once)
                .retry(RetryPolicy.none())
                .deadline(Duration.ofDays(1))
                .build();
        Sender reset = new Sender(ofSet("receipts", 1));
        Sender sameSet = new Sender(ofSet("news", 2));
        transport.then((message, attempt) -> {
            reset.startAndAwaitInLine();
            sameSet.startAndAwaitInLine();
            return paused;
        });
        assertThat(mailer.trySend(ofSet("news", 3))).isInstanceOf(NotSent.class);
        assertThat(sameSet.reason()).isEqualTo(Reason.SENDING_PAUSED);
        mailer.close(Duration.ZERO);
        assertThat(reset.reason()).isEqualTo(Reason.CANCELLED);
    }

    /** Grants once, and has everybody else wait for an hour. */
    private record OnceGuard(AtomicBoolean granted) implements QuotaGuard {

        @Override
        public Decision tryAcquire(Demand demand) {
            return granted.compareAndSet(false, true)
                    ? QuotaGuard.of(quota()).tryAcquire(demand)
                    : Decision.waitAtLeast(Duration.ofHours(1));
        }

        @Override
        public void settle(Permit permit, Use rest, int spent) {}

        @Override
        public void update(SendingQuota quota, long sentLast24Hours) {}

        @Override
        public SendingQuota quota() {
            return SendingQuota.perSecond(100);
        }

        @Override
        public void close() {}
    }

    private final class Sender extends Thread {

        private final EmailMessage message;
        private volatile Reason reason = Reason.INVALID;

        Sender(EmailMessage message) {
            this.message = message;
        }

        @Override
        public void run() {
            if (mailer.trySend(message) instanceof NotSent notSent) {
                reason = notSent.reason();
            }
        }

        void startAndAwaitInLine() {
            start();
            while (isAlive() && !(LockSupport.getBlocker(this) instanceof Condition)) {
                Thread.onSpinWait();
            }
        }

        Reason reason() throws InterruptedException {
            join();
            return reason;
        }
    }
}
