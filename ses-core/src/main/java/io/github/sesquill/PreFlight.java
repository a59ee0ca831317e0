package io.github.sesquill;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.transport.EmailTransport;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Refuses what cannot succeed before it costs quota: what the transport cannot carry, and who the sandbox bars. */
record PreFlight(EmailTransport transport, Account account) implements Stage {

    @Override
    public SendOutcome pass(Send send, Next next) {
        Optional<String> refusal = transport.refusal(send.message());
        if (refusal.isPresent()) {
            return SendOutcome.notSent(Reason.INVALID, refusal.get());
        }
        List<EmailAddress> barred = account.isSandbox(send) ? barred(send) : List.of();
        return barred.isEmpty() ? noted(next.proceed(send)) : unverified(barred);
    }

    private SendOutcome noted(SendOutcome outcome) {
        if (outcome instanceof SendOutcome.NotSent notSent && notSent.reason() == Reason.DAILY_QUOTA) {
            account.dayIsFull();
        }
        return outcome;
    }

    private List<EmailAddress> barred(Send send) {
        List<EmailAddress> asked = send.message().recipients().stream()
                .filter(r -> !r.isSimulator())
                .toList();
        List<EmailAddress> barred = asked.isEmpty() ? asked : transport.unverified(asked, account.patience(send));
        // The account may have left the sandbox since it was last read.
        return barred.isEmpty() || account.isStillSandbox(send) ? barred : List.of();
    }

    private static SendOutcome unverified(List<EmailAddress> barred) {
        String who = barred.stream().map(EmailAddress::address).collect(Collectors.joining(", "));
        return SendOutcome.notSent(
                Reason.UNVERIFIED,
                "The account is in the sandbox and takes only verified recipients;" + " not verified in this region: "
                        + who + ". Verify them, or request production access.");
    }

    /** How long a look at the account may hold up a send. */
    static Duration atMost(Duration limit, Send send) {
        Duration left = Duration.ofNanos(Math.max(1, send.remainingNanos()));
        return left.compareTo(limit) < 0 ? left : limit;
    }
}
