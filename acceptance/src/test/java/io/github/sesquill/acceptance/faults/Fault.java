package io.github.sesquill.acceptance.faults;

import io.github.sesquill.SesMailer;
import io.github.sesquill.acceptance.faults.FaultyServer.Step;
import io.github.sesquill.api.SesApiTransport;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.transport.SendOutcome;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** One thing that goes wrong, once, and what must come of it: the outcome alone, and whether a second try is made. */
record Fault(
        String name,
        List<Step> script,
        String outcome,
        boolean repeated,
        int bytes,
        UnaryOperator<SesApiTransport.Builder> tuning) {

    static final String SENT = "SENT";
    static final String UNKNOWN = "UNKNOWN";
    static final String ACCEPTED = "ACCEPTED";

    /** Nothing may be repeated. */
    static Fault of(String name, String outcome, Step... script) {
        return new Fault(name, List.of(script), outcome, false, 10, tuning -> tuning);
    }

    /** What certainly was not sent and may pass is tried again and then sent. */
    Fault thenSent() {
        return new Fault(name, script, outcome, true, bytes, tuning);
    }

    /** With a message of so many bytes, more than buffers on the way hold. */
    Fault large(int text) {
        return new Fault(name, script, outcome, repeated, text, tuning);
    }

    Fault tuned(UnaryOperator<SesApiTransport.Builder> how) {
        return new Fault(name, script, outcome, repeated, bytes, how);
    }

    EmailMessage message(String subject) {
        return message(subject, bytes);
    }

    static EmailMessage message(String subject, int bytes) {
        return EmailMessage.from("Acme <receipts@acme.example>")
                .to("Jane <jane@example.com>")
                .subject(subject)
                .text("Thank you.".repeat(Math.max(1, bytes / 10)))
                .build();
    }

    SesApiTransport transport(URI endpoint) {
        System.setProperty("aws.accessKeyId", "AKIDEXAMPLE");
        System.setProperty("aws.secretAccessKey", "secret");
        return tuning.apply(SesApiTransport.builder()
                        .region("eu-west-1")
                        .endpoint(endpoint)
                        .readTimeout(Duration.ofSeconds(60))
                        .totalTimeout(Duration.ofSeconds(60)))
                .build();
    }

    SesMailer.Builder mailer(URI endpoint) {
        return SesMailer.builder(transport(endpoint)).drainLimit(Duration.ZERO);
    }

    /** Returns what an outcome is called in the table. */
    static String name(SendOutcome outcome) {
        return outcome.fold(
                sent -> SENT, notSent -> notSent.reason().name(), unknown -> unknown.accepted() ? ACCEPTED : UNKNOWN);
    }

    @Override
    public String toString() {
        return name;
    }
}
