package io.github.sesquill.acceptance.faults;

import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.MessageContent;
import io.github.sesquill.message.TemplateMailing;
import io.github.sesquill.test.VirtualTime;
import io.github.sesquill.transport.EmailTransport;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * A SES in memory of which everything goes wrong by chance: before the line of no return, on it and after it. What happens
 * to an attempt depends on the seed, the message and the number of the attempt, and not on who came first.
 */
final class FaultyTransport implements EmailTransport {

    /** What a network and SES may do to an attempt, each as often as its weight says. */
    private enum Fate {
        SENT(50),
        UNREACHABLE(5),
        BROKEN_BEFORE(3),
        INTERRUPTED_BEFORE(1),
        LOST_ANSWER(8),
        BROKEN_AFTER(4),
        INTERRUPTED_AFTER(1),
        ID_UNREADABLE(3),
        THROTTLED(6),
        THROTTLED_UNTIL(2),
        DAY_FULL(1),
        REJECTED(5),
        MALFORMED(1),
        EXPIRED(3),
        PAUSED(1),
        LATE(3);

        private static final int ALL = weights();
        private final int weight;

        Fate(int weight) {
            this.weight = weight;
        }

        private static int weights() {
            int sum = 0;
            for (Fate fate : values()) {
                sum += fate.weight;
            }
            return sum;
        }

        static Fate thrown(SplittableRandom dice) {
            int left = dice.nextInt(ALL);
            for (Fate fate : values()) {
                left -= fate.weight;
                if (left < 0) {
                    return fate;
                }
            }
            return SENT;
        }
    }

    private final long seed;
    private final VirtualTime time;
    private final Ledger ledger = new Ledger();
    private final Map<String, Integer> tries = new ConcurrentHashMap<>();
    private final Map<String, String> attempts = new ConcurrentHashMap<>();

    FaultyTransport(long seed, VirtualTime time) {
        this.seed = seed;
        this.time = time;
    }

    Ledger ledger() {
        return ledger;
    }

    @Override
    public SendOutcome send(EmailMessage message, Attempt attempt) {
        Passenger one = begin(((MessageContent.Simple) message.content()).subject(), attempt.id());
        return met(attempt, List.of(one), one.dice()).get(0);
    }

    @Override
    public int batchLimit() {
        return 50;
    }

    /** The first entry decides what happens on the way; what SES says of each, each decides for itself. */
    @Override
    public List<SendOutcome> sendBatch(TemplateMailing mailing, List<TemplateMailing.Entry> entries, Attempt attempt) {
        List<Passenger> all = IntStream.range(0, entries.size())
                .mapToObj(i -> begin(entries.get(i).recipients().get(0).address(), attempt.id(i)))
                .toList();
        return met(attempt, all, new SplittableRandom(all.get(0).dice().nextLong()));
    }

    /** One message on its way with an attempt, and its own luck. */
    private record Passenger(String name, String attempt, SplittableRandom dice) {}

    private Passenger begin(String name, String attempt) {
        if (attempts.put(attempt, name) != null) {
            throw new AssertionError("The attempt " + attempt + " was made twice.");
        }
        int number = tries.merge(name, 1, Integer::sum);
        return new Passenger(name, attempt, new SplittableRandom(seed * 31 + name.hashCode() * 1009L + number));
    }

    private List<SendOutcome> met(Attempt attempt, List<Passenger> all, SplittableRandom dice) {
        Fate fate = Fate.thrown(dice);
        pass(dice.nextInt(fate == Fate.LATE ? 40_000 : 100));
        return meet(fate, attempt, all, dice);
    }

    private void pass(int millis) {
        time.advance(Duration.ofMillis(millis));
    }

    private List<SendOutcome> meet(Fate fate, Attempt attempt, List<Passenger> all, SplittableRandom dice) {
        if (fate == Fate.UNREACHABLE) {
            return ofEach(
                    all, SendOutcome.notSent(Reason.UNAVAILABLE, "refused").retryable(null));
        }
        if (fate == Fate.BROKEN_BEFORE) {
            throw new IllegalStateException("broken before the line");
        }
        if (fate == Fate.INTERRUPTED_BEFORE) {
            Thread.currentThread().interrupt();
        }
        if (!attempt.handOff()) {
            return ofEach(all, refusedGate(dice));
        }
        pass(dice.nextInt(100));
        return switch (fate) {
            case MALFORMED ->
                ofEach(all, SendOutcome.notSent(Reason.REJECTED, "malformed").code("BadRequestException"));
            case LOST_ANSWER, BROKEN_AFTER, INTERRUPTED_AFTER -> unanswered(fate, all);
            default ->
                all.stream()
                        .map(one -> answered(all.size() == 1 ? fate : Fate.thrown(one.dice), one))
                        .toList();
        };
    }

    private static List<SendOutcome> ofEach(List<Passenger> all, SendOutcome outcome) {
        return Collections.nCopies(all.size(), outcome);
    }

    /** Whatever a transport says of an attempt that the gate refused, it is not sent. */
    private static SendOutcome refusedGate(SplittableRandom dice) {
        if (dice.nextBoolean()) {
            throw new IllegalStateException("broken at the line");
        }
        return SendOutcome.notSent(Reason.CANCELLED, "refused at the line");
    }

    /** What SES says of a message or an entry. */
    private SendOutcome answered(Fate fate, Passenger one) {
        return switch (fate) {
            case THROTTLED -> SendOutcome.notSent(Reason.THROTTLED, "rate").retryable(null);
            case THROTTLED_UNTIL ->
                SendOutcome.notSent(Reason.THROTTLED, "rate")
                        .retryable(time.instant().plusSeconds(one.dice.nextInt(60)));
            case DAY_FULL ->
                SendOutcome.notSent(Reason.DAILY_QUOTA, "day")
                        .retryable(time.instant().plusSeconds(300));
            case REJECTED -> SendOutcome.notSent(Reason.REJECTED, "no");
            case EXPIRED ->
                SendOutcome.notSent(Reason.AUTHENTICATION, "expired").retryable(null);
            case PAUSED -> SendOutcome.notSent(Reason.SENDING_PAUSED, "paused");
            case UNREACHABLE ->
                SendOutcome.notSent(Reason.UNAVAILABLE, "transient").retryable(null);
            case LOST_ANSWER -> unanswered(one);
            default -> taken(fate, one);
        };
    }

    private SendOutcome taken(Fate fate, Passenger one) {
        ledger.take(one.name, one.attempt);
        return fate == Fate.ID_UNREADABLE
                ? SendOutcome.acceptedWithoutId("no id")
                : SendOutcome.sent("id-" + one.attempt, "<id@email.amazonses.com>");
    }

    private List<SendOutcome> unanswered(Fate fate, List<Passenger> all) {
        List<SendOutcome> outcomes = all.stream().map(this::unanswered).toList();
        if (fate == Fate.INTERRUPTED_AFTER) {
            Thread.currentThread().interrupt();
        }
        if (fate == Fate.BROKEN_AFTER) {
            throw new IllegalStateException("broken after the line");
        }
        return outcomes;
    }

    private SendOutcome unanswered(Passenger one) {
        if (one.dice.nextBoolean()) {
            ledger.take(one.name, one.attempt);
        }
        return SendOutcome.unknown("no answer");
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
