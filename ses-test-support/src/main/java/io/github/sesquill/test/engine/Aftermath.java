package io.github.sesquill.test.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sesquill.message.EmailAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * What SES publishes after it has accepted a message. What happens to several recipients of one message in the same way
 * is told in one notification. Who names a configuration set gets the events that its destinations choose; who names none
 * gets the feedback notifications of his identity, which there are of bounces, complaints and deliveries only.
 *
 * <p>Delays are drawn by chance: under a second until a mail server answers, a few more until a reader does. Not
 * thread-safe; the engine holds a lock.
 */
final class Aftermath {

    private final Details details;
    private final ConfigurationSets sets;
    private final MessageIds ids;
    private final SplittableRandom random;

    Aftermath(SesAccount account, ConfigurationSets sets, MessageIds ids, SplittableRandom random) {
        this.details = new Details(account);
        this.sets = sets;
        this.ids = ids;
        this.random = random;
    }

    /** Tells all notifications that will follow. */
    List<Notice> of(Accepted sent) {
        List<Notice> notices = new ArrayList<>();
        add(notices, sent, EventType.SEND, sent.at(), List.of(), Details::empty);
        Instant answered = later(sent.at(), 300, 900);
        Instant read = later(answered, 1_000, 5_000);
        if (sent.renderingFailure().isPresent()) {
            add(
                    notices,
                    sent,
                    EventType.RENDERING_FAILURE,
                    later(sent.at(), 10, 100),
                    List.of(),
                    () -> details.failure(sent));
        }
        with(
                sent,
                Fate.REJECTED::equals,
                who -> add(notices, sent, EventType.REJECT, later(sent.at(), 100, 200), List.of(), Details::reject));
        with(
                sent,
                Fate::isDelivered,
                who -> add(
                        notices,
                        sent,
                        EventType.DELIVERY,
                        answered,
                        List.of(),
                        () -> details.delivery(sent, answered, who)));
        for (Fate fate : List.of(Fate.BOUNCED, Fate.BOUNCED_FOR_NOW, Fate.SUPPRESSED_BOUNCE, Fate.UNSUBSCRIBED)) {
            with(sent, fate::equals, who -> notices.addAll(bounce(sent, answered, who, fate)));
        }
        with(sent, Fate.SUPPRESSED_COMPLAINT::equals, who -> notices.addAll(complaint(sent, answered, who, true)));
        with(sent, Fate.OUT_OF_OFFICE::equals, who -> notices.addAll(bounce(sent, read, who, Fate.OUT_OF_OFFICE)));
        with(sent, Fate.COMPLAINED::equals, who -> notices.addAll(complaint(sent, read, who, false)));
        return notices;
    }

    private interface Told {
        void to(List<EmailAddress> recipients);
    }

    private static void with(Accepted sent, Predicate<Fate> fate, Told told) {
        List<EmailAddress> recipients = sent.course().having(sent.submission().recipients(), fate);
        if (!recipients.isEmpty()) {
            told.to(recipients);
        }
    }

    private Instant later(Instant than, int fromMillis, int toMillis) {
        return than.plusMillis(random.nextInt(fromMillis, toMillis));
    }

    List<Notice> bounce(Accepted sent, Instant at, List<EmailAddress> who, Fate fate) {
        String feedbackId = ids.next(at);
        return notice(
                sent,
                EventType.BOUNCE,
                at,
                fate == Fate.BOUNCED ? notOfTheSimulator(who) : List.of(),
                () -> details.bounce(feedbackId, at, who, fate));
    }

    List<Notice> complaint(Accepted sent, Instant at, List<EmailAddress> who, boolean keptBack) {
        String feedbackId = ids.next(at);
        return notice(
                sent,
                EventType.COMPLAINT,
                at,
                keptBack ? List.of() : notOfTheSimulator(who),
                () -> details.complaint(feedbackId, at, who, keptBack));
    }

    private static List<EmailAddress> notOfTheSimulator(List<EmailAddress> who) {
        return who.stream().filter(recipient -> !recipient.isSimulator()).toList();
    }

    List<Notice> open(Accepted sent, Instant at) {
        return notice(sent, EventType.OPEN, at, List.of(), () -> details.open(at));
    }

    List<Notice> click(Accepted sent, Instant at, String link) {
        return notice(sent, EventType.CLICK, at, List.of(), () -> details.click(at, link));
    }

    List<Notice> delay(Accepted sent, Instant at, EmailAddress who) {
        return notice(sent, EventType.DELIVERY_DELAY, at, List.of(), () -> details.delay(at, who));
    }

    List<Notice> subscription(Accepted sent, Instant at, ContactLists.Contact before, ContactLists.Contact after) {
        return notice(
                sent,
                EventType.SUBSCRIPTION,
                at,
                List.of(),
                () -> details.subscription(sent.course().list().orElseThrow().contactList(), at, before, after));
    }

    private void add(
            List<Notice> notices,
            Accepted sent,
            EventType type,
            Instant at,
            List<EmailAddress> suppresses,
            Detail detail) {
        notices.addAll(notice(sent, type, at, suppresses, detail));
    }

    /** Writes the member that says what happened. */
    private interface Detail {
        ObjectNode write();
    }

    /** Makes the notification if anybody is told of it: one, or none. */
    private List<Notice> notice(
            Accepted sent, EventType type, Instant at, List<EmailAddress> suppresses, Detail detail) {
        boolean event = sent.configurationSet().isPresent();
        boolean told =
                sent.configurationSet().map(set -> sets.publishes(set, type)).orElse(type.isFeedback());
        return told || !suppresses.isEmpty()
                ? List.of(
                        new Notice(at, type, sent.messageId(), told, event, suppresses, () -> text(sent, type, detail)))
                : List.of();
    }

    /** Events end in a line feed, which is part of what is signed; the notifications of identities do not. */
    private static String text(Accepted sent, EventType type, Detail detail) {
        boolean event = sent.configurationSet().isPresent();
        ObjectNode notice = JsonNodeFactory.instance.objectNode();
        notice.put(event ? "eventType" : "notificationType", type.text());
        notice.set("mail", event ? mail(sent, type) : new MailObject(sent).forIdentity());
        notice.set(type.member(), detail.write());
        return event ? notice + "\n" : notice.toString();
    }

    private static ObjectNode mail(Accepted sent, EventType type) {
        MailObject mail = new MailObject(sent);
        boolean unrendered = type == EventType.SEND || type == EventType.RENDERING_FAILURE;
        if (unrendered && sent.submission().template().isPresent()) {
            return mail.unrendered();
        }
        return switch (type) {
            case DELIVERY -> mail.forDelivery();
            case OPEN, CLICK -> mail.withoutIdentity();
            default -> mail.forEvent();
        };
    }
}
