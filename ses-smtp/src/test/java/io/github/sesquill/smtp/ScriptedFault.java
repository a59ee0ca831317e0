package io.github.sesquill.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.smtp.ScriptedSmtp.Step;
import io.github.sesquill.smtp.ScriptedSmtp.Verb;
import io.github.sesquill.transport.SendOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DynamicTest;

/** One fault of the server and what must come of it, seen by a transport that speaks in clear. */
record ScriptedFault(
        String name,
        UnaryOperator<ScriptedSmtp> script,
        UnaryOperator<SmtpTransport.Builder> transport,
        EmailMessage message,
        Consumer<SendOutcome> expected) {

    static final String RATE = "454 Throttling failure: Maximum sending rate exceeded.";
    static final String DAY = "454 Throttling failure: Daily message quota exceeded.";

    private static final Duration MUCH_LATER = Duration.ofMinutes(10);

    ScriptedFault(String name, Verb verb, Step step, Consumer<SendOutcome> expected) {
        this(name, server -> server.at(verb, step), to -> to, Sending.message(), expected);
    }

    /** With no limit near but that of an answer, which then must be what ends it. */
    ScriptedFault impatient() {
        return new ScriptedFault(
                name,
                script,
                to -> to.readTimeout(Sending.SOON)
                        .connectTimeout(MUCH_LATER)
                        .writeTimeout(MUCH_LATER)
                        .totalTimeout(MUCH_LATER),
                message,
                expected.andThen(outcome -> assertThat(detail(outcome)).contains("Read timed out")));
    }

    private static String detail(SendOutcome outcome) {
        return outcome.fold(SendOutcome.Sent::messageId, SendOutcome.NotSent::detail, SendOutcome.Unknown::detail);
    }

    ScriptedFault with(EmailMessage other) {
        return new ScriptedFault(name, script, transport, other, expected);
    }

    private void check() throws IOException {
        try (ScriptedSmtp server = script.apply(ScriptedSmtp.start());
                SmtpTransport to = transport.apply(Sending.to(server)).build()) {
            TestAttempt attempt = new TestAttempt();
            attempt.remaining = MUCH_LATER;
            SendOutcome outcome = to.send(message, attempt);
            expected.accept(outcome);
            assertThat(server.messages().size()).isLessThanOrEqualTo(1);
            assertThat(attempt.handOffs.get()).isEqualTo(server.messages().size());
        }
    }

    DynamicTest test() {
        return DynamicTest.dynamicTest(name, this::check);
    }

    static Step reply(String line) {
        return ScriptedSmtp.reply(line);
    }

    static Step hang() {
        return (peer, good) -> peer.hang();
    }
}
