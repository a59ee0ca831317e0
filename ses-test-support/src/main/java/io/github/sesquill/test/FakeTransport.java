package io.github.sesquill.test;

import io.github.sesquill.message.Attachment;
import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.MessageContent;
import io.github.sesquill.test.engine.Eicar;
import io.github.sesquill.test.engine.SesEngine;
import io.github.sesquill.transport.AccountStatus;
import io.github.sesquill.transport.EmailTransport;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The way into the engine that has no network. */
final class FakeTransport implements EmailTransport {

    private final FakeSes ses;
    private volatile boolean closed;

    FakeTransport(FakeSes ses) {
        this.ses = ses;
    }

    @Override
    public SendOutcome send(EmailMessage message, Attempt attempt) {
        if (closed) {
            return SendOutcome.notSent(Reason.CANCELLED, "The transport is closed.");
        }
        MessageSubmission submission;
        try {
            submission = read(message, attempt.id());
        } catch (IOException e) {
            return SendOutcome.notSent(
                    Reason.INVALID,
                    "An attachment cannot be read: " + e.getClass().getName() + '.');
        }
        if (!attempt.handOff()) {
            return SendOutcome.notSent(
                    Reason.CANCELLED, "The attempt was broken off before the message was handed over.");
        }
        return ses.answers().to(submission);
    }

    /** Reads every attachment, as a send does, for one may fail, be a virus, or have a size that nobody knew. */
    private static MessageSubmission read(EmailMessage message, String attemptId) throws IOException {
        long size = message.encodedSize();
        boolean infected = message.content() instanceof MessageContent.Raw raw && Eicar.isIn(raw.bytes());
        for (Attachment attachment : message.attachments()) {
            try (InputStream content = attachment.open()) {
                Eicar.Scan scan = Eicar.scan();
                content.transferTo(scan);
                infected |= scan.found();
                size += attachment.size().isPresent() ? 0 : (scan.count() + 2) / 3 * 4;
            }
        }
        return new MessageSubmission(message, attemptId, size, infected);
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
        return Optional.of(ses.engine().status());
    }

    @Override
    public List<EmailAddress> unverified(List<EmailAddress> recipients, Duration atMost) {
        return ses.engine().unverified(recipients);
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
