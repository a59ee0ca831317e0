package io.github.sesquill.local;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.test.engine.Operation;
import java.util.List;

/** Messages as they come in. */
final class Mails {

    private Mails() {}

    static Incoming ofSize(int bytes) {
        EmailAddress jane = EmailAddress.of("jane@acme.example");
        return new Incoming(
                Operation.SEND_RAW_EMAIL,
                new Incoming.Envelope(jane, List.of(), List.of(jane), "127.0.0.1"),
                new Incoming.Mime(new byte[bytes], List.of(), false),
                Incoming.Options.NONE);
    }
}
