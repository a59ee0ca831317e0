package io.github.sesquill.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.auth.scheme.SesV2AuthSchemeParams;
import software.amazon.awssdk.services.sesv2.auth.scheme.SesV2AuthSchemeProvider;
import software.amazon.awssdk.services.sesv2.endpoints.SesV2EndpointParams;
import software.amazon.awssdk.services.sesv2.endpoints.SesV2EndpointProvider;

class AddressingTest {

    private static final SesV2EndpointProvider SDK = SesV2EndpointProvider.defaultProvider();

    private final List<SesV2EndpointParams> asked = new ArrayList<>();

    @Test
    void theSameQuestionIsAskedOnce() {
        SesV2EndpointProvider endpoints = new Addressing.Endpoints(this::ask);

        assertThat(endpoints.resolveEndpoint(in(Region.EU_WEST_1)).join().url())
                .hasToString("https://email.eu-west-1.amazonaws.com");
        assertThat(endpoints.resolveEndpoint(in(Region.EU_WEST_1)).join().url())
                .hasToString("https://email.eu-west-1.amazonaws.com");
        assertThat(asked).hasSize(1);
    }

    @Test
    void anotherQuestionGetsItsOwnAnswer() {
        SesV2EndpointProvider endpoints = new Addressing.Endpoints(this::ask);
        endpoints.resolveEndpoint(in(Region.EU_WEST_1)).join();

        assertThat(endpoints.resolveEndpoint(in(Region.CN_NORTH_1)).join().url())
                .hasToString("https://email.cn-north-1.amazonaws.com.cn");
        assertThat(endpoints
                        .resolveEndpoint(in(Region.EU_WEST_1).toBuilder()
                                .endpointId("abc.123")
                                .build())
                        .join()
                        .url())
                .hasToString("https://abc.123.endpoints.email.amazonaws.com");
        assertThat(endpoints
                        .resolveEndpoint(
                                in(Region.EU_WEST_1).toBuilder().useFips(true).build())
                        .join()
                        .url())
                .hasToString("https://email-fips.eu-west-1.amazonaws.com");
    }

    @Test
    void aFailureIsNotRemembered() {
        List<CompletableFuture<Endpoint>> answers = new ArrayList<>(List.of(
                CompletableFuture.failedFuture(new IllegalStateException("no partitions")),
                SDK.resolveEndpoint(in(Region.EU_WEST_1))));
        SesV2EndpointProvider endpoints = new Addressing.Endpoints(question -> answers.remove(0));

        assertThat(endpoints.resolveEndpoint(in(Region.EU_WEST_1))).isCompletedExceptionally();
        assertThat(endpoints.resolveEndpoint(in(Region.EU_WEST_1))).isCompleted();
    }

    @Test
    void aMultiRegionEndpointIsSignedItsOwnWay() {
        SesV2AuthSchemeProvider signing = new Addressing.Signing(SesV2AuthSchemeProvider.defaultProvider());

        assertThat(signing.resolveAuthScheme(sendEmail(null)).get(0).schemeId()).isEqualTo("aws.auth#sigv4");
        assertThat(signing.resolveAuthScheme(sendEmail("abc.123")).get(0).schemeId())
                .isEqualTo("aws.auth#sigv4a");
        assertThat(signing.resolveAuthScheme(sendEmail(null)).get(0).schemeId()).isEqualTo("aws.auth#sigv4");
        assertThat(signing.resolveAuthScheme(sendEmail(null))).isSameAs(signing.resolveAuthScheme(sendEmail(null)));
    }

    private CompletableFuture<Endpoint> ask(SesV2EndpointParams question) {
        asked.add(question);
        return SDK.resolveEndpoint(question);
    }

    private static SesV2EndpointParams in(Region region) {
        return SesV2EndpointParams.builder().region(region).build();
    }

    private static SesV2AuthSchemeParams sendEmail(@Nullable String endpointId) {
        return SesV2AuthSchemeParams.builder()
                .operation("SendEmail")
                .region(Region.EU_WEST_1)
                .endpointId(endpointId)
                .build();
    }
}
