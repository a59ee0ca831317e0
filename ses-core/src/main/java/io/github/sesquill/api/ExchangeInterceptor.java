package io.github.sesquill.api;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Puts the gate into a request and the bounds around its answer; calls that are no exchange get the bounds only. */
final class ExchangeInterceptor implements ExecutionInterceptor {

    private static final int MAX_HEADER_CHARACTERS = 64 * 1024;

    @Override
    public Optional<RequestBody> modifyHttpContent(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        Exchange exchange = Exchange.current();
        return exchange == null ? context.requestBody() : context.requestBody().map(exchange::gate);
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        Exchange exchange = Exchange.current();
        if (exchange != null) {
            exchange.beginTransmission(context.httpRequest());
        }
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        Exchange exchange = Exchange.current();
        if (exchange != null) {
            exchange.answered(context.httpResponse());
        }
    }

    @Override
    public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        if (headerCharacters(context.httpResponse().headers()) > MAX_HEADER_CHARACTERS) {
            Exchange exchange = Exchange.current();
            if (exchange != null) {
                exchange.replyBroke();
            }
            throw SdkClientException.create("The headers of the answer are longer than " + MAX_HEADER_CHARACTERS
                    + " characters; SES answers in less.");
        }
        return context.httpResponse();
    }

    private static long headerCharacters(Map<String, List<String>> headers) {
        long sum = 0;
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            for (String value : header.getValue()) {
                sum += header.getKey().length() + value.length();
            }
        }
        return sum;
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        return context.responseBody().map(body -> new BoundedReply(body, Exchange.current()));
    }
}
