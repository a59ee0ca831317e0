package io.github.sesquill.test.engine;

import io.github.sesquill.message.EmailAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * SES has taken a message.
 *
 * @param wireMessageId the {@code Message-ID} header, in angle brackets
 */
public record Accepted(Submission submission, String messageId, String wireMessageId, Instant at, Course course)
        implements Answer {

    /** Returns subject and bodies as the recipient reads them, unless it is raw or could not be rendered. */
    public Optional<Body> rendered() {
        return course.rendered();
    }

    /** Returns what the template lacked, if it lacked something. */
    public Optional<String> renderingFailure() {
        return course.renderingFailure();
    }

    /** Returns the link by which the recipient unsubscribes, if there is one. */
    public Optional<String> unsubscribeUrl() {
        return course.unsubscribeUrl();
    }

    /** Returns the configuration set, wherever it was named. */
    public Optional<String> configurationSet() {
        return course.configurationSet();
    }

    /**
     * Returns what becomes of it for one recipient.
     *
     * @throws IllegalArgumentException if he is none
     */
    public Fate fateOf(EmailAddress recipient) {
        int index = submission.recipients().indexOf(recipient);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "'" + recipient.address() + "' is no recipient of message " + messageId + ".");
        }
        return course.fates().get(index);
    }

    /** Returns the recipients of a fate. */
    public List<EmailAddress> with(Fate fate) {
        return course.having(submission.recipients(), fate::equals);
    }

    /** Returns the recipients whose mail server takes it. */
    public List<EmailAddress> delivered() {
        return course.having(submission.recipients(), Fate::isDelivered);
    }

    @Override
    public String toString() {
        return "Accepted[" + messageId + "]";
    }
}
