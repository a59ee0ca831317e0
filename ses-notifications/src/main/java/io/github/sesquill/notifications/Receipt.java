package io.github.sesquill.notifications;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Says how SES received a message: for whom, what its checks found, and what the receipt rule did. Immutable; equal by
 * what SES sent.
 *
 * <p>Trust the verdicts, not the headers of the message: a stranger wrote those.
 */
public final class Receipt {

    private final Fields fields;

    Receipt(Fields fields) {
        this.fields = fields;
    }

    /** Returns when the action was taken. */
    public Optional<Instant> timestamp() {
        return fields.time("timestamp");
    }

    /** Returns when the action was taken, as sent. */
    public Optional<String> timestampText() {
        return fields.timeText("timestamp");
    }

    /** Returns the milliseconds SES worked on the message; empty if not a whole number. */
    public OptionalLong processingTimeMillis() {
        return WholeNumber.of(fields.text("processingTimeMillis"));
    }

    /** Returns the recipients of the envelope that the rule is for; {@link Mail#destination()} is what the headers say. */
    public List<Recipient> recipients() {
        return fields.list("recipients", Recipient::read);
    }

    /** Returns whether the message is taken for spam. */
    public Verdict spam() {
        return verdict("spamVerdict");
    }

    /** Returns whether a virus was found. */
    public Verdict virus() {
        return verdict("virusVerdict");
    }

    /** Returns whether the sending server may send for the domain (SPF, RFC 7208). */
    public Verdict spf() {
        return verdict("spfVerdict");
    }

    /** Returns whether a signature of the domain holds (DKIM, RFC 6376). */
    public Verdict dkim() {
        return verdict("dkimVerdict");
    }

    /** Returns whether the domain in {@code From} stands for the message (DMARC, RFC 7489); unknown before 2017. */
    public Verdict dmarc() {
        return verdict("dmarcVerdict");
    }

    /** Returns a verdict as sent: {@code verdictText("spamVerdict")}. */
    public Optional<String> verdictText(String name) {
        return fields.object(name).optional("status");
    }

    /** Returns what the domain asks for where DMARC fails, as sent: {@code none}, {@code quarantine}, {@code reject}. */
    public Optional<String> dmarcPolicy() {
        return fields.optional("dmarcPolicy");
    }

    /** Tells that none of the five checks failed; inconclusive ones do not count. */
    public boolean hasNoFailedVerdict() {
        return List.of(spam(), virus(), spf(), dkim(), dmarc()).stream().noneMatch(v -> v == Verdict.FAIL);
    }

    /** Returns what the receipt rule did; all of it is absent if the notification does not say. */
    public ReceiptAction action() {
        return new ReceiptAction(fields.object("action"));
    }

    private Verdict verdict(String name) {
        return Verdict.of(verdictText(name).orElse(null));
    }

    private List<Object> value() {
        return List.of(
                timestampText(),
                fields.optional("processingTimeMillis"),
                recipients(),
                verdictText("spamVerdict"),
                verdictText("virusVerdict"),
                verdictText("spfVerdict"),
                verdictText("dkimVerdict"),
                verdictText("dmarcVerdict"),
                dmarcPolicy(),
                action());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Receipt that && value().equals(that.value());
    }

    @Override
    public int hashCode() {
        return value().hashCode();
    }

    /** Returns a text without addresses, which do not belong in a log. */
    @Override
    public String toString() {
        return "Receipt[recipients=" + recipients().size() + ", action=" + action() + "]";
    }
}
