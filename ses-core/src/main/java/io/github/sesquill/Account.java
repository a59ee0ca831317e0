package io.github.sesquill;

import io.github.sesquill.quota.QuotaGuard;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.time.TimeSource;
import io.github.sesquill.transport.AccountStatus;
import io.github.sesquill.transport.AccountUnreadableException;
import io.github.sesquill.transport.EmailTransport;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the mailer knows of the account: asked at the first send, which waits a little for it, and again from time to
 * time by whichever send comes along. Until it is known the figures of the sandbox hold.
 *
 * <p>A mailer with a quota of its user's never asks; then nothing here knows whether it is in the sandbox.
 */
final class Account {

    private static final Logger LOG = LoggerFactory.getLogger(SesMailer.class);

    /** How long a send waits for the account. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Quotas are raised every few weeks, by AWS itself too; a process may run longer. */
    private static final Duration FRESH = Duration.ofHours(1);

    /** In the sandbox, and while the day is full: there an old answer keeps mail back. */
    private static final Duration FRESH_IN_NEED = Duration.ofMinutes(1);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    private final EmailTransport transport;
    private final QuotaGuard guard;
    private final TimeSource time;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable AccountStatus status;
    private volatile boolean asks;
    private volatile boolean asked;
    private volatile long lastAsked;
    private volatile boolean warned;
    private volatile boolean dayIsFull;

    Account(EmailTransport transport, QuotaGuard guard, TimeSource time, boolean asks) {
        this.transport = transport;
        this.guard = guard;
        this.time = time;
        this.asks = asks;
    }

    /** Tells whether the account is known to be in the sandbox, after asking if it is time to. */
    boolean isSandbox(Send send) {
        if (asks) {
            refresh(send, status == null ? AFTER_FAILURE : dayIsFull ? FRESH_IN_NEED : FRESH);
        }
        return sandboxByLastAnswer();
    }

    /** Tells the same, after a second look if the last one is older than a minute. */
    boolean isStillSandbox(Send send) {
        refresh(send, FRESH_IN_NEED);
        return sandboxByLastAnswer();
    }

    /** Asks more often from now on: others may send less than they did, or the quota may have been raised. */
    void dayIsFull() {
        dayIsFull = true;
    }

    private boolean sandboxByLastAnswer() {
        AccountStatus known = status;
        return known != null && !known.productionAccess();
    }

    Duration patience(Send send) {
        return PreFlight.atMost(PATIENCE, send);
    }

    private void refresh(Send send, Duration every) {
        if (asked && time.nanoTime() - lastAsked < every.toNanos()) {
            return;
        }
        if (!mayRead(send)) {
            return;
        }
        try {
            if (!asked || time.nanoTime() - lastAsked >= every.toNanos()) {
                ask(send);
            }
        } finally {
            reading.unlock();
        }
    }

    /** The first senders wait for the first answer, as long as they may; later ones go on with what is known. */
    private boolean mayRead(Send send) {
        try {
            return asked ? reading.tryLock() : reading.tryLock(patience(send).toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void ask(Send send) {
        try {
            Optional<AccountStatus> answer = transport.account(patience(send));
            asks = answer.isPresent();
            answer.ifPresent(this::take);
        } catch (AccountUnreadableException e) {
            asks = !e.isDenied();
            warn(e.getMessage());
        } catch (RuntimeException e) {
            warn("it failed with " + e.getClass().getName());
        } finally {
            lastAsked = time.nanoTime();
            asked = true;
        }
    }

    private void take(AccountStatus answer) {
        status = answer;
        // A paused account may report a quota of zero; SES will say so itself when something is sent.
        if (answer.maxSendRate() > 0
                && (answer.max24HourSend() >= 1 || answer.max24HourSend() == AccountStatus.UNLIMITED)) {
            SendingQuota quota = SendingQuota.of(answer.maxSendRate(), Math.floor(answer.max24HourSend()));
            dayIsFull = false;
            guard.update(quota, (long) Math.ceil(answer.sentLast24Hours()));
            LOG.debug("The account's quota is {}.", answer);
        }
    }

    private void warn(@Nullable String why) {
        if (!warned) {
            warned = true;
            LOG.warn(
                    "The account's sending quota could not be read: {} Until it can be, {} holds.", why, guard.quota());
        }
    }
}
