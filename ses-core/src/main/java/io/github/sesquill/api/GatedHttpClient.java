package io.github.sesquill.api;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * The HTTP client of a transport's own: puts the gate into a request and the bounds around its answer. Calls that are no
 * exchange get the bounds only.
 *
 * <p>An interceptor of the SDK can do the same, and does on lent clients, but only here is there a request that can be
 * aborted, and it costs a send less.
 */
final class GatedHttpClient implements SdkHttpClient {

    private final SdkHttpClient connections;

    GatedHttpClient(SdkHttpClient connections) {
        this.connections = connections;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        Exchange exchange = Exchange.current();
        if (exchange == null) {
            return new GatedCall(connections.prepareRequest(request), null);
        }
        exchange.beginTransmission(request.httpRequest());
        ExecutableHttpRequest call = connections.prepareRequest(gated(request, exchange));
        exchange.breakOffBy(call::abort);
        return new GatedCall(call, exchange);
    }

    private static HttpExecuteRequest gated(HttpExecuteRequest request, Exchange exchange) {
        ContentStreamProvider body = request.contentStreamProvider().orElse(null);
        return body == null
                ? request
                : HttpExecuteRequest.builder()
                        .request(request.httpRequest())
                        .contentStreamProvider(() -> exchange.gated(body.newStream()))
                        .metricCollector(request.metricCollector().orElse(null))
                        .build();
    }

    @Override
    public String clientName() {
        return connections.clientName();
    }

    @Override
    public void close() {
        connections.close();
    }

    private record GatedCall(
            ExecutableHttpRequest request, @Nullable Exchange exchange) implements ExecutableHttpRequest {

        @Override
        public HttpExecuteResponse call() throws IOException {
            HttpExecuteResponse answer = request.call();
            if (exchange != null) {
                exchange.answered(answer.httpResponse());
            }
            AbortableInputStream body = answer.responseBody().orElse(null);
            return body == null
                    ? answer
                    : HttpExecuteResponse.builder()
                            .response(answer.httpResponse())
                            .responseBody(AbortableInputStream.create(
                                    BoundedReply.of(answer.httpResponse(), body, exchange), body))
                            .build();
        }

        @Override
        public void abort() {
            request.abort();
        }
    }
}
