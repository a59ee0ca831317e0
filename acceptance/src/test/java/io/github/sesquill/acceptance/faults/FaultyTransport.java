package io.github.sesquill.acceptance.faults;

import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.MessageContent;
import io.github.sesquill.test.VirtualTime;
import io.github.sesquill.transport.EmailTransport;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

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
        String subject = ((MessageContent.Simple) message.content()).subject();
        if (attempts.put(attempt.id(), subject) != null) {
            throw new AssertionError("The attempt " + attempt.id() + " was made twice.");
        }
        int number = tries.merge(subject, 1, Integer::sum);
        SplittableRandom dice = new SplittableRandom(seed * 31 + subject.hashCode() * 1009L + number);
        Fate fate = Fate.thrown(dice);
        pass(dice.nextInt(100));
        return fate == Fate.LATE ? late(subject, attempt, dice) : meet(fate, subject, attempt, dice);
    }

    private void pass(int millis) {
        time.advance(Duration.ofMillis(millis));
    }

    /** Takes so long that deadlines pass on the way. */
    private SendOutcome late(String subject, Attempt attempt, SplittableRandom dice) {
        pass(dice.nextInt(40_000));
        return meet(Fate.SENT, subject, attempt, dice);
    }

    private SendOutcome meet(Fate fate, String subject, Attempt attempt, SplittableRandom dice) {
        if (fate == Fate.UNREACHABLE) {
            return SendOutcome.notSent(Reason.UNAVAILABLE, "refused").retryable(null);
        }
        if (fate == Fate.BROKEN_BEFORE) {
            throw new IllegalStateException("broken before the line");
        }
        if (fate == Fate.INTERRUPTED_BEFORE) {
            Thread.currentThread().interrupt();
        }
        if (!attempt.handOff()) {
            return refusedGate(dice);
        }
        return afterTheLine(fate, subject, attempt, dice);
    }

    /** Whatever a transport says of an attempt that the gate refused, it is not sent. */
    private static SendOutcome refusedGate(SplittableRandom dice) {
        if (dice.nextBoolean()) {
            throw new IllegalStateException("broken at the line");
        }
        return SendOutcome.notSent(Reason.CANCELLED, "refused at the line");
    }

    private SendOutcome afterTheLine(Fate fate, String subject, Attempt attempt, SplittableRandom dice) {
        boolean mayBeTaken = dice.nextBoolean();
        pass(dice.nextInt(100));
        return switch (fate) {
            case THROTTLED -> SendOutcome.notSent(Reason.THROTTLED, "rate").retryable(null);
            case THROTTLED_UNTIL ->
                SendOutcome.notSent(Reason.THROTTLED, "rate")
                        .retryable(time.instant().plusSeconds(dice.nextInt(60)));
            case DAY_FULL ->
                SendOutcome.notSent(Reason.DAILY_QUOTA, "day")
                        .retryable(time.instant().plusSeconds(300));
            case REJECTED -> SendOutcome.notSent(Reason.REJECTED, "no");
            case EXPIRED ->
                SendOutcome.notSent(Reason.AUTHENTICATION, "expired").retryable(null);
            case PAUSED -> SendOutcome.notSent(Reason.SENDING_PAUSED, "paused");
            case LOST_ANSWER, BROKEN_AFTER, INTERRUPTED_AFTER -> unanswered(fate, subject, attempt, mayBeTaken);
            default -> taken(fate, subject, attempt);
        };
    }

    private SendOutcome taken(Fate fate, String subject, Attempt attempt) {
        ledger.take(subject, attempt.id());
        return fate == Fate.ID_UNREADABLE
                ? SendOutcome.acceptedWithoutId("no id")
                : SendOutcome.sent("id-" + attempt.id(), "<id@email.amazonses.com>");
    }

    private SendOutcome unanswered(Fate fate, String subject, Attempt attempt, boolean taken) {
        if (taken) {
            ledger.take(subject, attempt.id());
        }
        if (fate == Fate.INTERRUPTED_AFTER) {
            Thread.currentThread().interrupt();
        }
        if (fate == Fate.BROKEN_AFTER) {
            throw new IllegalStateException("broken after the line");
        }
        return SendOutcome.unknown("no answer");
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
