package com.example.signup;

import io.github.sesquill.RetryPolicy;
import io.github.sesquill.SesMailer;
import io.github.sesquill.api.SesApiTransport;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.transport.SendOutcome;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** Runs with what ses-core brings and nothing else: makes a mailer, tries to send where nobody listens, and says so. */
final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        try (SesV2Client client = SesV2Client.builder()
                        .endpointOverride(URI.create("http://127.0.0.1:9"))
                        .region(Region.EU_WEST_1)
                        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                        .build();
                SesMailer mailer = SesMailer.builder(SesApiTransport.using(client))
                        .quota(SendingQuota.sandbox())
                        .retry(RetryPolicy.none())
                        .build()) {
            SendOutcome outcome = mailer.trySend(EmailMessage.from("hello@acme.example")
                    .to("success@simulator.amazonses.com")
                    .subject("Hello")
                    .text("Hello")
                    .build());
            System.out.println("Nobody listens there: " + outcome);
            if (!(outcome instanceof SendOutcome.NotSent not) || not.reason() != SendOutcome.Reason.UNAVAILABLE) {
                throw new IllegalStateException("Nobody listens there, and the outcome is " + outcome);
            }
        }
    }
}
