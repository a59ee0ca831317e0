package io.github.sesquill.api;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.time.TimeSource;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sesv2.model.IdentityInfo;
import software.amazon.awssdk.services.sesv2.model.ListEmailIdentitiesRequest;
import software.amazon.awssdk.services.sesv2.model.ListEmailIdentitiesResponse;
import software.amazon.awssdk.services.sesv2.model.VerificationStatus;

/**
 * The identities of an account that are verified, remembered; asked for again when a recipient is not among them, but
 * not more than once a second, which is all that SES allows (SES Developer Guide, "Service quotas").
 *
 * <p>What cannot be known is taken as verified: SES itself is the judge of it.
 */
final class VerifiedIdentities {

    private static final Logger LOG = LoggerFactory.getLogger(VerifiedIdentities.class);
    private static final long BETWEEN_LISTINGS = TimeUnit.SECONDS.toNanos(1);
    private static final int PAGE_SIZE = 1000;

    /** Asks SES for a page of them. */
    interface Listing {
        ListEmailIdentitiesResponse page(ListEmailIdentitiesRequest request, Duration atMost);
    }

    private final Listing ses;
    private final TimeSource time;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Set<String> verified;
    private volatile boolean denied;
    private boolean asked;
    private long askedAt;

    VerifiedIdentities(Listing ses, TimeSource time) {
        this.ses = ses;
        this.time = time;
    }

    /** Finds the recipients that are certainly not verified; nobody if that cannot be found out in time. */
    List<EmailAddress> missingAmong(List<EmailAddress> recipients, Duration atMost) {
        List<EmailAddress> real =
                recipients.stream().filter(address -> !address.isSimulator()).toList();
        if (denied || missing(real, verified).isEmpty()) {
            return List.of();
        }
        Set<String> known = refreshed(real, atMost);
        return known == null ? List.of() : missing(real, known);
    }

    private static List<EmailAddress> missing(List<EmailAddress> recipients, @Nullable Set<String> verified) {
        return verified == null
                ? recipients
                : recipients.stream()
                        .filter(address -> !covers(verified, address))
                        .toList();
    }

    /** A verified domain covers its subdomains (SES Developer Guide, "Creating and verifying identities"). */
    private static boolean covers(Set<String> verified, EmailAddress address) {
        if (verified.contains(key(address.address()))) {
            return true;
        }
        String domain = key(address.domain());
        while (!verified.contains(domain)) {
            int dot = domain.indexOf('.');
            if (dot < 0) {
                return false;
            }
            domain = domain.substring(dot + 1);
        }
        return true;
    }

    private static String key(String identity) {
        return identity.toLowerCase(Locale.ROOT);
    }

    private @Nullable Set<String> refreshed(List<EmailAddress> recipients, Duration atMost) {
        try {
            if (!lock.tryLock(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                return null;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
        try {
            boolean another = missing(recipients, verified).isEmpty();
            if (!another && (!asked || time.nanoTime() - askedAt >= BETWEEN_LISTINGS)) {
                list(atMost);
            }
            return verified;
        } finally {
            lock.unlock();
        }
    }

    private void list(Duration atMost) {
        asked = true;
        askedAt = time.nanoTime();
        long deadline = askedAt + atMost.toNanos();
        try {
            verified = listed(deadline);
        } catch (SdkException | IllegalStateException e) {
            verified = null;
            noteDenial(e);
        }
    }

    private Set<String> listed(long deadline) {
        Set<String> found = new HashSet<>();
        String next = null;
        do {
            Duration left = Duration.ofNanos(Math.max(deadline - time.nanoTime(), TimeUnit.MILLISECONDS.toNanos(1)));
            ListEmailIdentitiesResponse page = ses.page(page(next, left), left);
            page.emailIdentities().stream()
                    .filter(VerifiedIdentities::isVerified)
                    .map(identity -> key(identity.identityName()))
                    .forEach(found::add);
            next = page.nextToken();
        } while (next != null && !next.isEmpty());
        return found;
    }

    private static ListEmailIdentitiesRequest page(@Nullable String token, Duration left) {
        return ListEmailIdentitiesRequest.builder()
                .pageSize(PAGE_SIZE)
                .nextToken(token)
                .overrideConfiguration(call -> call.apiCallTimeout(left))
                .build();
    }

    private static boolean isVerified(IdentityInfo identity) {
        return identity.identityName() != null
                && (identity.verificationStatus() == VerificationStatus.SUCCESS
                        || Boolean.TRUE.equals(identity.sendingEnabled()));
    }

    private void noteDenial(RuntimeException e) {
        if (Answers.lacksPermission(e)) {
            denied = true;
            LOG.warn("Unverified recipients are not found before they are sent to, for these credentials lack the"
                    + " permission ses:ListEmailIdentities.");
        } else {
            LOG.debug(
                    "The verified identities could not be listed: {}",
                    e.getClass().getSimpleName());
        }
    }
}
