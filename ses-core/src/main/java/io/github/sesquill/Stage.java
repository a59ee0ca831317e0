package io.github.sesquill;

import io.github.sesquill.transport.SendOutcome;
import java.util.List;

/** One step of the pipeline: may end the send, change its message, or go on as often as it needs. */
interface Stage {

    SendOutcome pass(Send send, Next next);

    /** What comes after a stage. */
    @FunctionalInterface
    interface Next {
        SendOutcome proceed(Send send);
    }

    /** Strings stages together in their order; the last one must end every send. */
    static Next chain(List<Stage> stages) {
        Next next = send -> {
            throw new IllegalStateException("the last stage of the pipeline did not end the send");
        };
        for (int i = stages.size() - 1; i >= 0; i--) {
            Stage stage = stages.get(i);
            Next after = next;
            next = send -> stage.pass(send, after);
        }
        return next;
    }
}
