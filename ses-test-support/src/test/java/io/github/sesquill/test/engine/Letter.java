package io.github.sesquill.test.engine;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.ListManagement;
import io.github.sesquill.message.MessageHeader;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message for the tests of the engine. */
record Letter(
        List<EmailAddress> recipients,
        long size,
        @Nullable String set,
        @Nullable Template filling,
        @Nullable ListManagement list,
        boolean isInfected,
        Body letter)
        implements Submission {

    static Letter to(String... recipients) {
        return new Letter(
                Arrays.stream(recipients).map(EmailAddress::of).toList(),
                1_000,
                null,
                null,
                null,
                false,
                new Body("Hello", "Hello", "<p>{{amazonSESUnsubscribeUrl}}</p>"));
    }

    Letter through(String configurationSet) {
        return new Letter(recipients, size, configurationSet, filling, list, isInfected, letter);
    }

    Letter filled(@Nullable String template, String data) {
        return new Letter(recipients, size, set, new Template(template, data), list, isInfected, letter);
    }

    Letter of(ListManagement contacts) {
        return new Letter(recipients, size, set, filling, contacts, isInfected, letter);
    }

    Letter infected() {
        return new Letter(recipients, size, set, filling, list, true, letter);
    }

    Letter sized(long bytes) {
        return new Letter(recipients, bytes, set, filling, list, isInfected, letter);
    }

    Letter reading(Body body) {
        return new Letter(recipients, size, set, filling, list, isInfected, body);
    }

    @Override
    public Operation operation() {
        return filling == null ? Operation.SEND_EMAIL : Operation.SEND_TEMPLATED_EMAIL;
    }

    @Override
    public EmailAddress from() {
        return EmailAddress.of("hello@acme.example");
    }

    @Override
    public List<MessageHeader> headers() {
        return List.of(new MessageHeader("Subject", "Hello"));
    }

    @Override
    public Optional<String> configurationSet() {
        return Optional.ofNullable(set);
    }

    @Override
    public Optional<Body> body() {
        return Optional.of(letter);
    }

    @Override
    public Optional<Template> template() {
        return Optional.ofNullable(filling);
    }

    @Override
    public Optional<ListManagement> listManagement() {
        return Optional.ofNullable(list);
    }
}
