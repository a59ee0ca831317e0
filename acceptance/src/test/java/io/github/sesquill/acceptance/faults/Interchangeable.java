package io.github.sesquill.acceptance.faults;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.message.TemplateMailing;
import io.github.sesquill.transport.AccountStatus;
import io.github.sesquill.transport.EmailTransport;
import io.github.sesquill.transport.SendOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A transport that can become another one under the same mailer, which goes on counting its attempts. */
final class Interchangeable implements EmailTransport {

    private volatile EmailTransport now;

    Interchangeable(EmailTransport first) {
        this.now = first;
    }

    /** Closes the one it was. */
    void become(EmailTransport next) {
        EmailTransport last = now;
        now = next;
        last.close();
    }

    @Override
    public SendOutcome send(EmailMessage message, Attempt attempt) {
        return now.send(message, attempt);
    }

    @Override
    public int batchLimit() {
        return now.batchLimit();
    }

    @Override
    public List<SendOutcome> sendBatch(TemplateMailing mailing, List<TemplateMailing.Entry> entries, Attempt attempt) {
        return now.sendBatch(mailing, entries, attempt);
    }

    @Override
    public Optional<String> refusal(EmailMessage message) {
        return now.refusal(message);
    }

    @Override
    public Optional<AccountStatus> account(Duration atMost) {
        return now.account(atMost);
    }

    @Override
    public List<EmailAddress> unverified(List<EmailAddress> recipients, Duration atMost) {
        return now.unverified(recipients, atMost);
    }

    @Override
    public void close() {
        now.close();
    }
}
