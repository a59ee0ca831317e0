package io.github.sesquill.acceptance;

import io.github.sesquill.suppression.Suppression;
import io.github.sesquill.transport.EmailTransport;
import java.util.List;

/** A SES that is not Amazon's, and the way into it that is under test. */
interface SesAtTest extends AutoCloseable {

    /** Returns a transport into it; whoever asks closes it. */
    EmailTransport transport();

    /** Verifies an address or a domain. */
    void verify(String identity);

    /** Pauses sending. */
    void pause();

    /** Puts an address on the suppression list of the account, by a bounce or a complaint. */
    void suppress(String address, Suppression.Reason reason);

    /** Makes a configuration set that publishes every event. */
    void createConfigurationSet(String name);

    /** Stores a template of plain text. */
    void createTemplate(String name, String subject, String text);

    /** Makes a contact list with a topic. */
    void createContactList(String name, String topic);

    /** Has the one recipient of a message follow the link to unsubscribe. */
    void unsubscribe(String messageId);

    /** Waits until every notification is published and returns them in order. */
    List<String> settle();

    @Override
    void close();
}
