package io.github.sesquill.api;

import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.transport.EmailTransport.Attempt;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sesv2.model.Destination;
import software.amazon.awssdk.services.sesv2.model.MessageTag;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;

/**
 * Lets the user change a request, except for what everything else relies on: who gets it, for suppression and quota have
 * already been settled for these recipients, and the tag by which an unknown outcome is settled later.
 */
final class Customization {

    private final Consumer<SendEmailRequest.Builder> change;

    Customization(Consumer<SendEmailRequest.Builder> change) {
        this.change = change;
    }

    /**
     * Runs the user's change and checks what it left.
     *
     * @throws UnsendableException if it threw, or changed what it may not
     */
    SendEmailRequest applyTo(SendEmailRequest.Builder request, EmailMessage message, String attemptId)
            throws UnsendableException {
        try {
            change.accept(request);
        } catch (RuntimeException e) {
            throw new UnsendableException("The customizer of requests threw " + e + '.', e);
        }
        SendEmailRequest changed = request.build();
        if (!sameRecipients(changed.destination(), RequestMapping.destination(message))) {
            throw new UnsendableException("The customizer of requests changed the recipients, for whom suppression and"
                    + " quota were already settled; change them on the message.");
        }
        if (!tagsOf(changed).equals(List.of(attemptId))) {
            throw new UnsendableException(
                    "The customizer of requests dropped or changed the message tag '" + Attempt.TAG
                            + "', without which an unknown outcome could never be settled; add to the tags that are there.");
        }
        return changed;
    }

    private static boolean sameRecipients(Destination changed, Destination expected) {
        return changed != null
                && changed.toAddresses().equals(expected.toAddresses())
                && changed.ccAddresses().equals(expected.ccAddresses())
                && changed.bccAddresses().equals(expected.bccAddresses());
    }

    private static List<String> tagsOf(SendEmailRequest request) {
        return request.emailTags().stream()
                .filter(tag -> Attempt.TAG.equals(tag.name()))
                .map(MessageTag::value)
                .toList();
    }
}
