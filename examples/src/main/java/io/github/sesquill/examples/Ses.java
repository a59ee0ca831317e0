package io.github.sesquill.examples;

import io.github.sesquill.time.TimeSource;
import io.github.sesquill.transport.EmailTransport;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Where the mailing goes, and what is told of it afterwards. */
interface Ses extends AutoCloseable {

    /**
     * Opens what the options ask for; no I/O beyond this machine.
     *
     * @throws CannotStartException if there is no such thing
     */
    static Ses of(Options options) {
        try {
            if (options.smtp().isPresent()) {
                return new SmtpSes(options.smtp().get(), System.getenv());
            }
            if (options.endpoint().isPresent() || options.region().isPresent()) {
                return new RemoteSes(options);
            }
            return options.memory() ? new InMemorySes(options) : new LocalInbox(options);
        } catch (IllegalArgumentException e) {
            throw new CannotStartException(String.valueOf(e.getMessage()));
        }
    }

    /** Says in words what this is. */
    String description();

    /** Returns the transport; the mailer it is given to owns it. */
    EmailTransport transport();

    /** Returns another way to the same account, by SMTP, if there is one; the mailer it is given to owns it. */
    default Optional<EmailTransport> smtp() {
        return Optional.empty();
    }

    /** Returns where what was sent can be looked at, if it can. */
    default Optional<URI> inbox() {
        return Optional.empty();
    }

    /** Returns the time that passes while mail is sent. */
    TimeSource time();

    /** Waits for the notifications of all mail until now and returns them; nothing if they do not come to this job. */
    Optional<List<String>> notifications();

    @Override
    void close();
}
