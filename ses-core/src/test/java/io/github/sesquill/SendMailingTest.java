package io.github.sesquill;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.BulkSend.Report;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.TemplateMailing;
import io.github.sesquill.message.TemplateMailing.Entry;
import io.github.sesquill.quota.QuotaGuard;
import io.github.sesquill.quota.QuotaGuard.Decision;
import io.github.sesquill.quota.QuotaGuard.Demand;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.suppression.Suppression;
import io.github.sesquill.suppression.SuppressionList;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import io.github.sesquill.transport.SendOutcome.Sent;
import io.github.sesquill.transport.SendOutcome.Unknown;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A mailing goes in batches, and still every mail is filtered, answered and tried again by itself. */
@Timeout(60)
class SendMailingTest {

    private final ScriptedTransport transport = new ScriptedTransport();
    private final Map<Long, SendOutcome> results = new HashMap<>();
    private SesMailer mailer = mailer().build();

    private SesMailer.Builder mailer() {
        return SesMailer.builder(transport)
                .quota(SendingQuota.perSecond(100_000))
                .concurrency(1)
                .retry(RetryPolicy.defaults().pauses(Duration.ofMillis(1), Duration.ofMillis(2)));
    }

    private void use(SesMailer.Builder builder) {
        mailer.close();
        mailer = builder.build();
    }

    @AfterEach
    void close() {
        mailer.close(Duration.ZERO);
    }

    private static TemplateMailing mailing(int count) {
        return TemplateMailing.from("news@acme.example")
                .template("october")
                .entries(IntStream.range(0, count).boxed().toList(), i -> {
                    if (i == 13) {
                        throw new IllegalStateException("customer 13 has no address");
                    }
                    return Entry.to("jane" + i + "@example.com").build();
                });
    }

    private Report send(TemplateMailing mailing) {
        return mailer.sendAll(
                        mailing,
                        BulkOptions.defaults().onResult(result -> results.put(result.index(), result.outcome())))
                .join();
    }

    private static SendOutcome sent(EmailMessage message) {
        return SendOutcome.sent("id-" + ScriptedTransport.key(message), "<id@email.amazonses.com>");
    }

    @Test
    void goesInBatchesOfFiftyAndABadObjectSpoilsItself() {
        transport.thenEntries((message, batch) -> sent(message));
        Report report = send(mailing(120));
        assertThat(report.sent()).isEqualTo(119);
        assertThat(results).hasSize(120);
        assertThat(results.get(13L)).isInstanceOfSatisfying(NotSent.class, bad -> {
            assertThat(bad.reason()).isEqualTo(Reason.INVALID);
            assertThat(bad.detail()).contains("customer 13 has no address");
        });
        results.forEach((index, outcome) -> {
            if (index != 13) {
                assertThat(((Sent) outcome).messageId()).isEqualTo("id-jane" + index + "@example.com");
            }
        });
        assertThat(transport.batchSizes).containsExactly(49, 50, 20);
        assertThat(transport.attempts).hasValue(0);
    }

    @Test
    void aBatchIsNoLargerThanASecond() {
        transport.thenEntries((message, batch) -> sent(message));
        use(mailer().quota(SendingQuota.perSecond(14.9)));
        send(mailing(13));
        assertThat(transport.batchSizes).containsExactly(13);
        transport.batchSizes.clear();
        use(mailer().quota(SendingQuota.perSecond(0.9)));
        send(mailing(1));
        assertThat(transport.batchSizes).containsExactly(1);
    }

    @Test
    void aTransportWithoutBatchesSendsOneByOne() {
        Report report = send(mailing(20));
        assertThat(report.sent()).isEqualTo(19);
        assertThat(transport.attempts).hasValue(19);
        assertThat(transport.batches).hasValue(0);
    }

    @Test
    void eachAttemptHasANameOfItsOwn() {
        transport.thenEntries((message, batch) -> sent(message));
        send(mailing(10));
        Set<String> ids = results.values().stream()
                .flatMap(outcome -> outcome.attemptIds().stream())
                .collect(Collectors.toSet());
        assertThat(ids).hasSize(10).allMatch(id -> id.matches("[a-z0-9]+-[a-z0-9]+_[0-9]"));
    }

    @Test
    void onlyWhatIsCertainlyNotSentAndMaySucceedIsTriedAgain() {
        transport.thenEntries((message, batch) -> {
            int number = Integer.parseInt(ScriptedTransport.key(message).replaceAll("\\D", ""));
            return switch (number) {
                case 1 ->
                    batch == 1 ? SendOutcome.notSent(Reason.THROTTLED, "slow").retryable(null) : sent(message);
                case 2 ->
                    batch < 3
                            ? SendOutcome.notSent(Reason.UNAVAILABLE, "transient")
                                    .retryable(null)
                            : sent(message);
                case 3 -> SendOutcome.notSent(Reason.REJECTED, "no");
                case 4 -> SendOutcome.unknown("a status not known here");
                case 5 -> SendOutcome.notSent(Reason.UNAVAILABLE, "always").retryable(null);
                default -> sent(message);
            };
        });
        Report report = send(mailing(6));
        assertThat(transport.batchSizes).containsExactly(6, 3, 2, 1);
        assertThat(report.sent()).isEqualTo(3);
        assertThat(attempts(2)).hasSize(3);
        assertThat(attempts(3)).hasSize(1);
        assertThat(results.get(4L)).isInstanceOf(Unknown.class);
        assertThat(attempts(5)).hasSize(4);
        assertThat(transport.ledger).allSatisfy((to, count) -> assertThat(count).isOne());
    }

    private List<String> attempts(long index) {
        return Objects.requireNonNull(results.get(index)).attemptIds();
    }

    @Test
    void suppressedEntriesDoNotGoAndTheRestDoes() {
        transport.thenEntries((message, batch) -> sent(message));
        SuppressionList list = SuppressionList.inMemory();
        list.add("jane3@example.com", Suppression.Reason.BOUNCE);
        use(mailer().suppressionList(list));
        Report report = send(mailing(8));
        assertThat(transport.batchSizes).containsExactly(7);
        assertThat(report.sent()).isEqualTo(7);
        assertThat(results.get(3L))
                .isInstanceOfSatisfying(
                        NotSent.class, left -> assertThat(left.reason()).isEqualTo(Reason.SUPPRESSED));
    }

    @Test
    void interceptorsSeeEveryMailBeforeAndAfter() {
        transport.thenEntries((message, batch) -> {
            assertThat(message.tags()).containsEntry("service", "shop");
            return sent(message);
        });
        AtomicInteger after = new AtomicInteger();
        use(mailer().intercept((message, next) -> {
            SendOutcome outcome =
                    next.proceed(message.toBuilder().tag("service", "shop").build());
            assertThat(((Sent) outcome).messageId()).isEqualTo("id-" + ScriptedTransport.key(message));
            after.incrementAndGet();
            return outcome;
        }));
        assertThat(send(mailing(12)).sent()).isEqualTo(12);
        assertThat(after).hasValue(12);
        assertThat(transport.batchSizes).containsExactly(12);
    }

    @Test
    void anInterceptorRefusesThrowsOrChangesItsOwnMailOnly() {
        transport.thenEntries((message, batch) -> sent(message));
        use(mailer().intercept((message, next) -> switch (ScriptedTransport.key(message)) {
            case "jane1@example.com" -> SendOutcome.notSent(Reason.REJECTED, "house rules");
            case "jane2@example.com" -> throw new IllegalStateException("before");
            case "jane3@example.com" -> {
                next.proceed(message);
                throw new IllegalStateException("after");
            }
            case "jane4@example.com" ->
                next.proceed(message.toBuilder().configurationSet("other").build());
            default -> next.proceed(message);
        }));
        Report report = send(mailing(6));
        assertThat(report.notSent()).isEqualTo(2);
        assertThat(results.get(3L)).isInstanceOf(Sent.class);
        assertThat(results.get(4L)).isInstanceOf(Sent.class);
        assertThat(transport.batchSizes).containsExactly(3);
        assertThat(transport.attempts).hasValue(1);
    }

    @Test
    void aTransportThatThrowsIsJudgedByTheGate() {
        transport.thenEntries((message, batch) -> {
            throw new IllegalStateException("after the hand-off");
        });
        Report report = send(mailing(5));
        assertThat(report.unknown()).isEqualTo(5);
        assertThat(transport.batches).hasValue(1);
    }

    @Test
    void whatOfABatchWasNotSentIsGivenBackToTheDay() {
        transport.thenEntries(
                (message, batch) -> ScriptedTransport.key(message).startsWith("jane0") ? sent(message) : refused());
        QuotaGuard guard = QuotaGuard.of(SendingQuota.of(100_000, 20));
        use(mailer().quota(guard));
        send(mailing(10));
        assertThat(guard.tryAcquire(Demand.of(19))).isInstanceOf(Decision.Granted.class);
        assertThat(guard.tryAcquire(Demand.of(1))).isInstanceOf(Decision.DayFull.class);
    }

    private static SendOutcome refused() {
        return SendOutcome.notSent(Reason.REJECTED, "no");
    }

    @Test
    void oneEntryThatMakesTheCallMalformedDoesNotStopTheRest() {
        transport.then(transport::take);
        transport.thenBatches(messages -> messages.stream()
                        .anyMatch(message -> ScriptedTransport.key(message).equals("jane5@example.com"))
                ? SendOutcome.notSent(Reason.REJECTED, "malformed").code("BadRequestException")
                : null);
        Report report = send(mailing(12));
        assertThat(report.sent()).isEqualTo(11);
        assertThat(results.get(5L)).isInstanceOf(NotSent.class);
        assertThat(transport.batchSizes).containsExactly(12, 6, 3, 3, 1, 2, 1, 1, 6);
        assertThat(transport.ledger)
                .hasSize(11)
                .allSatisfy((to, count) -> assertThat(count).isOne());
    }

    @Test
    void closesTheStreamItIsMadeOf() {
        transport.thenEntries((message, batch) -> sent(message));
        AtomicBoolean closed = new AtomicBoolean();
        Set<String> addresses = new HashSet<>(List.of("a@example.com", "b@example.com"));
        Report report = send(TemplateMailing.from("news@acme.example")
                .template("october")
                .entries(
                        Stream.of("a@example.com", "b@example.com").onClose(() -> closed.set(true)),
                        address -> Entry.to(address).build()));
        assertThat(report.sent()).isEqualTo(addresses.size());
        assertThat(closed).isTrue();
    }

    @Test
    void cancellingABatchBreaksItOff() {
        transport.thenEntries((message, batch) -> sent(message));
        use(mailer().quota(SendingQuota.perSecond(2)));
        BulkSend[] bulk = new BulkSend[1];
        bulk[0] = mailer.sendAll(mailing(13), BulkOptions.defaults());
        bulk[0].onProgress(progress -> bulk[0].cancel());
        Report report = bulk[0].join();
        assertThat(report.stopped()).contains("It was cancelled.");
        assertThat(report.done()).isLessThan(13);
    }
}
