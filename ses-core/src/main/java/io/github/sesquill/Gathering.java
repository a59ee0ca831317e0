package io.github.sesquill;

import io.github.sesquill.transport.SendOutcome;

/** Has the mails of a batch meet once each has passed what concerns it alone; the batch then goes on for all of them. */
record Gathering() implements Stage {

    @Override
    public SendOutcome pass(Send send, Next next) {
        Batch batch = send.batch();
        return batch == null ? next.proceed(send) : batch.gather(send, next);
    }
}
