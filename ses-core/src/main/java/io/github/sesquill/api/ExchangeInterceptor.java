package io.github.sesquill.api;

import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;

/** Puts the gate into a request of a lent client and the bounds around its answer. */
final class ExchangeInterceptor implements ExecutionInterceptor {

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
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        return context.responseBody().map(body -> BoundedReply.of(context.httpResponse(), body, Exchange.current()));
    }
}
