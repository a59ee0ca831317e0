package io.github.sesquill.test.engine;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.ListManagement;
import io.github.sesquill.suppression.Suppression.Reason;
import io.github.sesquill.suppression.SuppressionList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What SES decides about a message that it has taken: what it says, and what becomes of it for each recipient. */
final class Decisions {

    static final String LINK = "{{amazonSESUnsubscribeUrl}}";

    private final SesAccount account;
    private final Identities identities;
    private final Templates templates;
    private final ContactLists lists;
    private final AccountSuppressions suppressions;
    private final String unsubscribe;
    private final Map<String, Fate> destined = new ConcurrentHashMap<>();

    Decisions(
            SesAccount account,
            Identities identities,
            Templates templates,
            ContactLists lists,
            AccountSuppressions suppressions,
            String unsubscribe) {
        this.account = account;
        this.identities = identities;
        this.templates = templates;
        this.lists = lists;
        this.suppressions = suppressions;
        this.unsubscribe = unsubscribe;
    }

    void destine(EmailAddress recipient, Fate fate) {
        destined.put(key(recipient), fate);
    }

    private static String key(EmailAddress recipient) {
        return SuppressionList.key(recipient.address());
    }

    Course of(Submission submission, String messageId) {
        Optional<ListManagement> list = Rules.listManagement(submission);
        Optional<String> link =
                list.filter(managed -> submission.recipients().size() == 1).map(managed -> unsubscribe + messageId);
        Optional<Body> body;
        Optional<String> failure = Optional.empty();
        try {
            body = written(submission).map(text -> withLink(text, link));
        } catch (MissingAttributeException e) {
            body = Optional.empty();
            failure = Optional.ofNullable(e.getMessage());
        }
        return new Course(
                Rules.configurationSet(submission),
                list,
                submission
                        .fromIdentityArn()
                        .or(() -> identities.covering(submission.from()).map(account::identityArn)),
                fates(submission, list, failure.isPresent()),
                body,
                failure,
                link);
    }

    private Optional<Body> written(Submission submission) {
        return submission.template().isPresent()
                ? templates.filled(submission, submission.template().get())
                : submission.body();
    }

    private static Body withLink(Body body, Optional<String> link) {
        return link.map(url -> new Body(body.subject(), withLink(body.text(), url), withLink(body.html(), url)))
                .orElse(body);
    }

    private static @Nullable String withLink(@Nullable String text, String url) {
        return text == null ? null : text.replace(LINK, url);
    }

    private List<Fate> fates(Submission submission, Optional<ListManagement> list, boolean unrendered) {
        int recipients = submission.recipients().size();
        if (unrendered) {
            return Collections.nCopies(recipients, Fate.NOT_RENDERED);
        }
        return submission.isInfected()
                ? Collections.nCopies(recipients, Fate.REJECTED)
                : submission.recipients().stream()
                        .map(recipient -> fate(recipient, list))
                        .toList();
    }

    private Fate fate(EmailAddress recipient, Optional<ListManagement> list) {
        if (recipient.isSimulator()) {
            return Fate.ofSimulator(recipient);
        }
        Optional<Reason> kept = suppressions.keepsBack(recipient.address());
        if (kept.isPresent()) {
            return kept.get() == Reason.COMPLAINT ? Fate.SUPPRESSED_COMPLAINT : Fate.SUPPRESSED_BOUNCE;
        }
        if (list.filter(managed -> lists.hasUnsubscribed(managed, recipient.address()))
                .isPresent()) {
            return Fate.UNSUBSCRIBED;
        }
        return destined.isEmpty() ? Fate.DELIVERED : destined.getOrDefault(key(recipient), Fate.DELIVERED);
    }
}
