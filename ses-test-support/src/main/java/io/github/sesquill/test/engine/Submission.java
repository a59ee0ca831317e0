package io.github.sesquill.test.engine;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.ListManagement;
import io.github.sesquill.message.MessageHeader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One message as it came in. Each way in brings a type of its own and gets it back from {@link Accepted#submission()}.
 *
 * <p>Immutable, and cheap to ask: the engine asks again whenever it writes a notification.
 */
public interface Submission {

    /** Returns how it came. */
    Operation operation();

    /** Returns the sender: From, or the one of the envelope if there is none. */
    EmailAddress from();

    /** Returns other addresses that must be verified as the sender must: that of the envelope, Sender, Return-Path. */
    default List<EmailAddress> alsoVerified() {
        return List.of();
    }

    /** Returns the recipients of the envelope. */
    List<EmailAddress> recipients();

    /** Returns the header section as events list it; {@link HeaderSection} reads or makes one. */
    List<MessageHeader> headers();

    /** Returns how many bytes it takes once encoded. */
    long size();

    /** Returns the message tags of the API; if there are none, {@code X-SES-MESSAGE-TAGS} is read. */
    default Map<String, String> tags() {
        return Map.of();
    }

    /** Returns the configuration set of the API; if there is none, {@code X-SES-CONFIGURATION-SET} is read. */
    default Optional<String> configurationSet() {
        return Optional.empty();
    }

    /** Returns the identity that another account lends for From, which is then not checked. */
    default Optional<String> fromIdentityArn() {
        return Optional.empty();
    }

    /** Returns subject and bodies unless it is raw or a stored template: as they are, or as the text of a template. */
    default Optional<Body> body() {
        return Optional.empty();
    }

    /** Returns the template, if it is one. */
    default Optional<Template> template() {
        return Optional.empty();
    }

    /** Returns the contact list of the API; if there is none, {@code X-SES-LIST-MANAGEMENT-OPTIONS} is read. */
    default Optional<ListManagement> listManagement() {
        return Optional.empty();
    }

    /** Returns the address of the caller; by default one kept for documentation. */
    default String sourceIp() {
        return SesAccount.SENDER_IP;
    }

    /** Tells whether the test virus is in it; {@link Eicar} looks for it. */
    default boolean isInfected() {
        return false;
    }

    /** A template: a stored one by its name, or that of {@link Submission#body()}, and the JSON object that fills it. */
    record Template(@Nullable String name, String dataJson) {

        @Override
        public String toString() {
            return "Template[" + name + "]";
        }
    }
}
