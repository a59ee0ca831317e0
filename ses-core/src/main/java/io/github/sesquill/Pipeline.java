package io.github.sesquill;

import io.github.sesquill.transport.SendOutcome;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs sends through the stages and sees to it that each ends once and is told of, whatever is thrown on the way. */
final class Pipeline {

    private static final Logger LOG = LoggerFactory.getLogger(SesMailer.class);

    private final Stage.Next stages;
    private final SendLine line;
    private final Sends sends;
    private final Listeners listeners;

    Pipeline(List<Stage> stages, SendLine line, Sends sends, Listeners listeners) {
        this.stages = Stage.chain(stages);
        this.line = line;
        this.sends = sends;
        this.listeners = listeners;
    }

    /** Sends in the caller's thread, to whom interceptors may throw. */
    SendOutcome send(Send send) {
        if (!begin(send)) {
            return finished(send, send.cancelled());
        }
        try {
            return finished(send, staged(send));
        } catch (RuntimeException | Error e) {
            finished(send, send.judge(e));
            throw e;
        } finally {
            ended(send);
        }
    }

    /** Lets a send begin, unless the mailer is closed. */
    boolean begin(Send send) {
        send.beginsAt(line.timesTurnedAway());
        return sends.begin(send);
    }

    /** Lets a bulk begin, unless the mailer is closed. */
    boolean begin(Bulk bulk) {
        return sends.begin(bulk);
    }

    private SendOutcome staged(Send send) {
        return send.isBrokenOff() ? send.cancelled() : stages.proceed(send);
    }

    /** Says what became of a send of which nobody waits for exceptions. */
    SendOutcome outcome(Send send) {
        try {
            return staged(send);
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "A send failed with {}; its outcome says what is known.",
                    e.getClass().getName());
            return send.judge(e);
        }
    }

    /** Completes an outcome and tells the listeners. */
    SendOutcome finished(Send send, SendOutcome outcome) {
        SendOutcome told = send.tell(outcome);
        send.isToldBy(Thread.currentThread());
        listeners.finished(told, send.elapsed());
        return told;
    }

    /** Notes that whoever waits for a send has been told. */
    void ended(Send send) {
        sends.end(send);
    }

    void ended(Bulk bulk) {
        sends.end(bulk);
    }

    void cancel(Send send) {
        send.cancel();
        line.wake(send.inFront());
    }
}
