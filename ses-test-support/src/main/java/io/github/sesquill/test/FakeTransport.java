package io.github.sesquill.test;

import io.github.sesquill.message.Attachment;
import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.MessageContent;
import io.github.sesquill.message.TemplateMailing;
import io.github.sesquill.test.engine.Eicar;
import io.github.sesquill.test.engine.SesEngine;
import io.github.sesquill.transport.AccountStatus;
import io.github.sesquill.transport.EmailTransport;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The way into the engine that has no network. */
final class FakeTransport implements EmailTransport {

    private final FakeSes ses;
    private volatile boolean closed;

    FakeTransport(FakeSes ses) {
        this.ses = ses;
    }

    @Override
    public SendOutcome send(EmailMessage message, Attempt attempt) {
        return handedOver(
                        List.of(message),
                        List.of(attempt.id()),
                        false,
                        attempt,
                        all -> List.of(ses.answers().to(all.get(0))))
                .get(0);
    }

    /** SES takes 50 entries in one call (SES API reference, {@code SendBulkEmail}). */
    @Override
    public int batchLimit() {
        return SesEngine.MOST_ENTRIES;
    }

    @Override
    public List<SendOutcome> sendBatch(TemplateMailing mailing, List<TemplateMailing.Entry> entries, Attempt attempt) {
        List<EmailMessage> messages = entries.stream().map(mailing::message).toList();
        List<String> ids =
                IntStream.range(0, entries.size()).mapToObj(attempt::id).toList();
        return handedOver(messages, ids, true, attempt, all -> ses.answers().toAll(all));
    }

    private List<SendOutcome> handedOver(
            List<EmailMessage> messages,
            List<String> ids,
            boolean inBatch,
            Attempt attempt,
            Function<List<MessageSubmission>, List<SendOutcome>> answer) {
        if (closed) {
            return alike(messages, Reason.CANCELLED, "The transport is closed.");
        }
        List<MessageSubmission> submissions = new ArrayList<>();
        try {
            for (int i = 0; i < messages.size(); i++) {
                submissions.add(read(messages.get(i), ids.get(i), inBatch));
            }
        } catch (IOException e) {
            return alike(
                    messages,
                    Reason.INVALID,
                    "An attachment cannot be read: " + e.getClass().getName() + '.');
        }
        return attempt.handOff()
                ? answer.apply(submissions)
                : alike(messages, Reason.CANCELLED, "The attempt was broken off before the message was handed over.");
    }

    private static List<SendOutcome> alike(List<EmailMessage> messages, Reason reason, String why) {
        return Collections.nCopies(messages.size(), SendOutcome.notSent(reason, why));
    }

    /** Reads every attachment, as a send does, for one may fail, be a virus, or have a size that nobody knew. */
    private static MessageSubmission read(EmailMessage message, String attemptId, boolean inBatch) throws IOException {
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
        return new MessageSubmission(message, attemptId, inBatch, size, infected);
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
