package io.github.sesquill.examples;

import io.github.sesquill.api.SesApiTransport;
import io.github.sesquill.time.TimeSource;
import io.github.sesquill.transport.EmailTransport;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** SES over the network: the real one in a region, or an endpoint that speaks like it. */
final class RemoteSes implements Ses {

    private static final String SIGNED_FOR = "us-east-1";

    private final String description;
    private final EmailTransport transport;
    private final @Nullable SesV2Client lent;

    RemoteSes(Options options) {
        if (options.endpoint().isPresent()) {
            URI endpoint = options.endpoint().get();
            description = "the endpoint " + endpoint;
            lent = client(endpoint, options.region().orElse(SIGNED_FOR));
            transport = SesApiTransport.using(lent);
        } else {
            String region = options.region().orElseThrow();
            description = "Amazon SES in " + region;
            lent = null;
            transport = SesApiTransport.builder().region(region).build();
        }
    }

    /** Makes a client as an application would that has one of its own; whoever lends it closes it. */
    static SesV2Client client(URI endpoint, String region) {
        return SesV2Client.builder()
                .endpointOverride(endpoint)
                .region(Region.of(region))
                .credentialsProvider(credentials())
                .build();
    }

    /** An emulator asks for a signature and believes any. */
    private static AwsCredentialsProvider credentials() {
        return System.getenv("AWS_ACCESS_KEY_ID") == null
                ? StaticCredentialsProvider.create(AwsBasicCredentials.create("dummy", "dummy"))
                : EnvironmentVariableCredentialsProvider.create();
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public EmailTransport transport() {
        return transport;
    }

    @Override
    public TimeSource time() {
        return TimeSource.system();
    }

    /** SES publishes to a topic or a bus, and what comes from there comes to a service that runs, not to a job. */
    @Override
    public Optional<List<String>> notifications() {
        return Optional.empty();
    }

    @Override
    public void close() {
        if (lent != null) {
            lent.close();
        }
    }
}
