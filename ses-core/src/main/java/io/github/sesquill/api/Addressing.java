package io.github.sesquill.api;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.http.auth.spi.scheme.AuthSchemeOption;
import software.amazon.awssdk.services.sesv2.SesV2ClientBuilder;
import software.amazon.awssdk.services.sesv2.auth.scheme.SesV2AuthSchemeParams;
import software.amazon.awssdk.services.sesv2.auth.scheme.SesV2AuthSchemeProvider;
import software.amazon.awssdk.services.sesv2.endpoints.SesV2EndpointParams;
import software.amazon.awssdk.services.sesv2.endpoints.SesV2EndpointProvider;

/**
 * Where requests go and how they are signed. The SDK works both out anew for every request, and the first of them twice;
 * here the last answer stands for as long as the question is the same, which it is but for multi-region endpoints.
 */
final class Addressing {

    private Addressing() {}

    /** Has a client send to SES in its region, or to another endpoint. */
    static void settle(SesV2ClientBuilder client, @Nullable URI endpoint) {
        client.endpointProvider(
                        endpoint == null ? new Endpoints(SesV2EndpointProvider.defaultProvider()) : only(endpoint))
                .authSchemeProvider(new Signing(SesV2AuthSchemeProvider.defaultProvider()));
    }

    /** Told of another endpoint by its own setting, the SDK would take the URI apart with every request. */
    private static SesV2EndpointProvider only(URI endpoint) {
        CompletableFuture<Endpoint> always = CompletableFuture.completedFuture(
                Endpoint.builder().url(endpoint).build());
        return asked -> always;
    }

    /** Remembers the last endpoint. Thread-safe: two threads at once ask the SDK twice. */
    static final class Endpoints implements SesV2EndpointProvider {

        private final SesV2EndpointProvider sdk;
        private volatile @Nullable KnownEndpoint known;

        Endpoints(SesV2EndpointProvider sdk) {
            this.sdk = sdk;
        }

        @Override
        public CompletableFuture<Endpoint> resolveEndpoint(SesV2EndpointParams asked) {
            KnownEndpoint last = known;
            if (last != null && last.answers(asked)) {
                return last.endpoint;
            }
            CompletableFuture<Endpoint> endpoint = sdk.resolveEndpoint(asked);
            if (endpoint.isDone() && !endpoint.isCompletedExceptionally()) {
                known = new KnownEndpoint(asked, endpoint);
            }
            return endpoint;
        }

        private record KnownEndpoint(SesV2EndpointParams question, CompletableFuture<Endpoint> endpoint) {

            boolean answers(SesV2EndpointParams asked) {
                return Objects.equals(asked.region(), question.region())
                        && Objects.equals(asked.useDualStack(), question.useDualStack())
                        && Objects.equals(asked.useFips(), question.useFips())
                        && Objects.equals(asked.endpoint(), question.endpoint())
                        && Objects.equals(asked.endpointId(), question.endpointId());
            }
        }
    }

    /** Remembers the last way of signing. Thread-safe: two threads at once ask the SDK twice. */
    static final class Signing implements SesV2AuthSchemeProvider {

        private final SesV2AuthSchemeProvider sdk;
        private volatile @Nullable KnownSigning known;

        Signing(SesV2AuthSchemeProvider sdk) {
            this.sdk = sdk;
        }

        @Override
        public List<AuthSchemeOption> resolveAuthScheme(SesV2AuthSchemeParams asked) {
            KnownSigning last = known;
            if (last != null && last.answers(asked)) {
                return last.options;
            }
            List<AuthSchemeOption> options = List.copyOf(sdk.resolveAuthScheme(asked));
            known = new KnownSigning(asked, options);
            return options;
        }

        private record KnownSigning(SesV2AuthSchemeParams question, List<AuthSchemeOption> options) {

            boolean answers(SesV2AuthSchemeParams asked) {
                return Objects.equals(asked.operation(), question.operation())
                        && Objects.equals(asked.region(), question.region())
                        && Objects.equals(asked.regionSet(), question.regionSet())
                        && Objects.equals(asked.useDualStack(), question.useDualStack())
                        && Objects.equals(asked.useFips(), question.useFips())
                        && Objects.equals(asked.endpoint(), question.endpoint())
                        && Objects.equals(asked.endpointId(), question.endpointId());
            }
        }
    }
}
