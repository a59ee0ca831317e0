package io.github.sesquill.smtp;

import io.github.sesquill.time.TimeSource;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where a message gets its connection from: one that is kept and lives, or a new one. */
final class Connections {

    private static final Duration CREDENTIALS_STOP = Duration.ofMinutes(1);

    private final Opening opening;
    private final Pool pool;
    private final TimeSource time;
    private volatile @Nullable Stop stop;

    /** No connection is opened until then, for the credentials were refused. */
    private record Stop(NotSent outcome, long until) {}

    Connections(Opening opening, Pool pool, TimeSource time) {
        this.opening = opening;
        this.pool = pool;
        this.time = time;
    }

    Connection take(Exchange exchange) throws NotOpenedException, Pool.NoRoomException, InterruptedException {
        while (true) {
            Connection kept = pool.take(exchange);
            Connection taken = kept == null ? opened(exchange) : living(kept, exchange);
            if (taken != null) {
                return taken;
            }
        }
    }

    private @Nullable Connection living(Connection kept, Exchange exchange) {
        exchange.goesOver(kept.wire());
        if (!pool.mustBeChecked(kept) || kept.isAlive()) {
            return kept;
        }
        exchange.letsGo();
        kept.giveUp();
        pool.giveBack(kept);
        return null;
    }

    /** Opens a connection; nothing if the server has too many, so that one of those must do. */
    private @Nullable Connection opened(Exchange exchange) throws NotOpenedException {
        boolean crowded = false;
        Connection opened = null;
        try {
            checkStop();
            opened = opening.open(exchange, pool.watch(), time.nanoTime());
            pool.opened(opened);
        } catch (NotOpenedException e) {
            crowded = e.isCrowded();
            exchange.letsGo();
            noteRefusal(e.outcome());
            if (!crowded || !pool.hasOthers()) {
                throw e;
            }
        } finally {
            if (opened == null) {
                pool.notOpened(crowded);
            }
        }
        return opened;
    }

    private void checkStop() throws NotOpenedException {
        Stop refused = stop;
        if (refused != null && refused.until - time.nanoTime() > 0) {
            throw new NotOpenedException(refused.outcome);
        }
    }

    private void noteRefusal(NotSent outcome) {
        Stop before = stop;
        boolean stopped = before != null && before.until - time.nanoTime() > 0;
        if (outcome.reason() == Reason.AUTHENTICATION && !stopped) {
            stop = new Stop(outcome, time.nanoTime() + CREDENTIALS_STOP.toNanos());
        }
    }
}
