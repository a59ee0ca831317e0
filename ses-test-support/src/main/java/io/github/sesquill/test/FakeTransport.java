package io.github.sesquill.test;

import io.github.sesquill.message.Attachment;
import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.transport.AccountStatus;
import io.github.sesquill.transport.EmailTransport;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The way into the engine that has no network. */
final class FakeTransport implements EmailTransport {

    private final SesEngine engine;
    private final Subscribers subscribers;
    private volatile boolean closed;

    FakeTransport(SesEngine engine, Subscribers subscribers) {
        this.engine = engine;
        this.subscribers = subscribers;
    }

    @Override
    public SendOutcome send(EmailMessage message, Attempt attempt) {
        subscribers.tellAside();
        if (closed) {
            return SendOutcome.notSent(Reason.CANCELLED, "The transport is closed.");
        }
        long size;
        try {
            size = size(message);
        } catch (IOException e) {
            return SendOutcome.notSent(
                    Reason.INVALID,
                    "An attachment cannot be read: " + e.getClass().getName() + '.');
        }
        if (!attempt.handOff()) {
            return SendOutcome.notSent(
                    Reason.CANCELLED, "The attempt was broken off before the message was handed over.");
        }
        SendOutcome outcome = engine.submit(new Submission(message, attempt.id(), size));
        subscribers.tellAside();
        return outcome;
    }

    /** Reads every attachment, as a send does, for one may fail and its size may not be known before. */
    private static long size(EmailMessage message) throws IOException {
        long size = message.encodedSize();
        for (Attachment attachment : message.attachments()) {
            try (InputStream content = attachment.open()) {
                long bytes = content.transferTo(OutputStream.nullOutputStream());
                size += attachment.size().isPresent() ? 0 : (bytes + 2) / 3 * 4;
            }
        }
        return size;
    }

    @Override
    public Optional<String> refusal(EmailMessage message) {
        long size = message.encodedSize();
        return size <= SesEngine.LARGEST_MESSAGE
                ? Optional.empty()
                : Optional.of("The message takes " + size + " bytes once encoded; SES takes at most "
                        + SesEngine.LARGEST_MESSAGE + ". Attach less, or send a link.");
    }

    @Override
    public Optional<AccountStatus> account(Duration atMost) {
        return Optional.of(engine.status());
    }

    @Override
    public List<EmailAddress> unverified(List<EmailAddress> recipients, Duration atMost) {
        return engine.unverifiedRecipients(recipients);
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
