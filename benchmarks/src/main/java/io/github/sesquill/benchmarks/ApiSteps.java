package io.github.sesquill.benchmarks;

import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.transport.EmailTransport;
import io.github.sesquill.transport.SendOutcome;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;

/** What lies between the client alone and a mailer, one thing more in each: where the cost of a mailer comes from. */
final class ApiSteps {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private ApiSteps() {}

    static List<Variant> between(SesV2Client client, EmailTransport transport) {
        EmailMessage written = SampleMail.message();
        return List.of(
                new Variant("with a deadline", () -> client.sendEmail(inTime(SampleMail.request()))),
                new Variant("transport, message kept", () -> carry(transport, written)),
                new Variant("transport", () -> carry(transport, SampleMail.message())));
    }

    private static SendEmailRequest inTime(SendEmailRequest request) {
        return request.toBuilder()
                .overrideConfiguration(call -> call.apiCallTimeout(DEADLINE))
                .build();
    }

    private static void carry(EmailTransport transport, EmailMessage message) {
        SendOutcome outcome = transport.send(message, new OpenAttempt());
        if (!(outcome instanceof SendOutcome.Sent)) {
            throw new IllegalStateException("The stub takes everything, and yet: " + outcome);
        }
    }
}
