package io.github.sesquill.acceptance;

import io.github.sesquill.local.LocalSes;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.suppression.Suppression;
import io.github.sesquill.test.VirtualTime;
import io.github.sesquill.transport.EmailTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.EventType;
import software.amazon.awssdk.services.sesv2.model.SubscriptionStatus;
import software.amazon.awssdk.services.sesv2.model.SuppressionListReason;
import software.amazon.awssdk.services.sesv2.model.Topic;

/** A local SES whose account is set up over the wire, with the AWS SDK; its time is the test's. */
final class LocalSesAtTest implements SesAtTest {

    private static final Duration LONG_ENOUGH = Duration.ofHours(1);

    private final VirtualTime time = VirtualTime.start();
    private final LocalSes ses;
    private final SesV2Client client;
    private final BiFunction<LocalSes, SesV2Client, EmailTransport> way;

    /** Opens one, and a way into it. */
    LocalSesAtTest(boolean sandbox, SendingQuota quota, BiFunction<LocalSes, SesV2Client, EmailTransport> way) {
        LocalSes.Builder builder = LocalSes.builder().quota(quota).time(time);
        ses = sandbox ? builder.sandbox().start() : builder.start();
        client = SesV2Client.builder()
                .endpointOverride(ses.endpoint())
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                .build();
        this.way = way;
    }

    @Override
    public EmailTransport transport() {
        return way.apply(ses, client);
    }

    @Override
    public void verify(String identity) {
        client.createEmailIdentity(request -> request.emailIdentity(identity));
    }

    @Override
    public void pause() {
        client.putAccountSendingAttributes(request -> request.sendingEnabled(false));
    }

    @Override
    public void suppress(String address, Suppression.Reason reason) {
        client.putSuppressedDestination(
                request -> request.emailAddress(address).reason(SuppressionListReason.fromValue(reason.name())));
    }

    @Override
    public void createConfigurationSet(String name) {
        client.createConfigurationSet(request -> request.configurationSetName(name));
        client.createConfigurationSetEventDestination(request -> request.configurationSetName(name)
                .eventDestinationName("all")
                .eventDestination(
                        destination -> destination.enabled(true).matchingEventTypes(EventType.knownValues())));
    }

    @Override
    public void createTemplate(String name, String subject, String text) {
        client.createEmailTemplate(request -> request.templateName(name)
                .templateContent(content -> content.subject(subject).text(text)));
    }

    @Override
    public void createContactList(String name, String topic) {
        client.createContactList(request -> request.contactListName(name)
                .topics(Topic.builder()
                        .topicName(topic)
                        .displayName(topic)
                        .defaultSubscriptionStatus(SubscriptionStatus.OPT_IN)
                        .build()));
    }

    @Override
    public void unsubscribe(String messageId) {
        try {
            String url = new InboxReader(ses)
                    .message(messageId)
                    .path("unsubscribeUrl")
                    .asText();
            int status = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
                    .statusCode();
            if (status != 200) {
                throw new AssertionError(url + " answered " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public List<String> settle() {
        time.advance(LONG_ENOUGH);
        try {
            return ses.settle(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        client.close();
        ses.close();
    }
}
