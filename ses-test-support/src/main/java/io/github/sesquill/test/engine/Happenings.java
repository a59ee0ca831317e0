package io.github.sesquill.test.engine;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.test.engine.ContactLists.Contact;
import java.util.List;
import java.util.Optional;

/**
 * What somebody makes happen to a message by hand; it is published at once, if anybody is told of such things. Each
 * returns what was published, and throws {@link IllegalArgumentException} if the message is not kept or has no such
 * recipient. Thread-safe.
 */
public final class Happenings {

    private final SesEngine engine;
    private final Aftermath aftermath;

    Happenings(SesEngine engine, Aftermath aftermath) {
        this.engine = engine;
        this.aftermath = aftermath;
    }

    /** Has the mail server refuse it: for good, which puts the recipient on the suppression list, or for now. */
    public List<Notice> bounce(String messageId, EmailAddress recipient, boolean permanent) {
        Accepted sent = to(messageId, recipient);
        Fate fate = permanent ? Fate.BOUNCED : Fate.BOUNCED_FOR_NOW;
        return told(engine.happen(now -> aftermath.bounce(sent, now, List.of(recipient), fate)));
    }

    /** Has the reader call it spam, which puts him on the suppression list. */
    public List<Notice> complain(String messageId, EmailAddress recipient) {
        Accepted sent = to(messageId, recipient);
        return told(engine.happen(now -> aftermath.complaint(sent, now, List.of(recipient), false)));
    }

    /** Has the mail server ask to come again. */
    public List<Notice> delay(String messageId, EmailAddress recipient) {
        Accepted sent = to(messageId, recipient);
        return told(engine.happen(now -> aftermath.delay(sent, now, recipient)));
    }

    /** Has a reader open it. */
    public List<Notice> open(String messageId) {
        Accepted sent = found(messageId);
        return told(engine.happen(now -> aftermath.open(sent, now)));
    }

    /** Has a reader follow a link. */
    public List<Notice> click(String messageId, String link) {
        Accepted sent = found(messageId);
        return told(engine.happen(now -> aftermath.click(sent, now, link)));
    }

    /** Has the one recipient follow the link to unsubscribe; answers whether the token is one. */
    public boolean unsubscribe(String token) {
        Optional<Accepted> sent =
                engine.find(token).filter(found -> found.unsubscribeUrl().isPresent());
        sent.ifPresent(this::unsubscribe);
        return sent.isPresent();
    }

    private void unsubscribe(Accepted sent) {
        String address = sent.submission().recipients().get(0).address();
        var list = sent.course().list().orElseThrow();
        engine.happen(now -> {
            Contact before = engine.contactLists().unsubscribe(list, address);
            return aftermath.subscription(sent, now, before, before.without(list.topic()));
        });
    }

    private Accepted to(String messageId, EmailAddress recipient) {
        Accepted sent = found(messageId);
        sent.fateOf(recipient);
        return sent;
    }

    private Accepted found(String messageId) {
        return engine.find(messageId)
                .orElseThrow(() -> new IllegalArgumentException("There is no message " + messageId + "."));
    }

    private static List<Notice> told(List<Notice> notices) {
        return notices.stream().filter(Notice::isTold).toList();
    }
}
