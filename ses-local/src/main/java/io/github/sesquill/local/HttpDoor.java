package io.github.sesquill.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.HttpProcessors;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnectionFactory;
import org.apache.hc.core5.http.impl.io.HttpService;
import org.apache.hc.core5.http.io.HttpServerRequestHandler.ResponseTrigger;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.io.support.BasicHttpServerExpectationDecorator;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.util.Timeout;

/** Speaks HTTP/1.1: guards, finds the route, reads the body and writes the answer. */
final class HttpDoor implements Listener.Conversation {

    /** How much of a body is read for the sake of an answer that does not need it. */
    private static final int IGNORED = 64 * 1024;

    private static final Timeout SILENCE = Timeout.ofSeconds(30);
    private static final String BUSY =
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    /** What every answer says unless it says otherwise: nothing may be run, framed, guessed or kept. */
    private static final Map<String, String> USUAL = Map.of(
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox",
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin",
            "X-DNS-Prefetch-Control", "off",
            "Cache-Control", "no-store");

    private final Guard guard;
    private final List<Route> routes;
    private final RequestBody body = new RequestBody();
    private final DefaultBHttpServerConnectionFactory connections;
    private final HttpService service;

    HttpDoor(Guard guard, List<Route> routes) {
        this.guard = guard;
        this.routes = List.copyOf(routes);
        Http1Config limits = Http1Config.custom()
                .setMaxLineLength(16 * 1024)
                .setMaxHeaderCount(100)
                .build();
        connections = DefaultBHttpServerConnectionFactory.builder()
                .http1Config(limits)
                .build();
        service = HttpService.builder()
                .withHttpProcessor(HttpProcessors.server("sesquill"))
                .withHttp1Config(limits)
                .withHttpServerRequestHandler(new BasicHttpServerExpectationDecorator(this::handle))
                .build();
    }

    @Override
    public void hold(Socket socket) throws IOException {
        try (DefaultBHttpServerConnection connection = connections.createConnection(socket)) {
            connection.setSocketTimeout(SILENCE);
            while (connection.isOpen()) {
                service.handleRequest(connection, HttpCoreContext.create());
            }
        } catch (HttpException e) {
            // It was no HTTP, and is not worth an answer.
        }
    }

    @Override
    public void turnAway(Socket socket) throws IOException {
        socket.getOutputStream().write(BUSY.getBytes(StandardCharsets.US_ASCII));
    }

    private void handle(ClassicHttpRequest request, ResponseTrigger trigger, HttpContext context)
            throws HttpException, IOException {
        Reply reply;
        try {
            reply = answer(request, caller(context));
        } catch (ProblemException e) {
            reply = Reply.problem(e.status(), e.sentence());
        }
        ClassicHttpResponse response = response(reply);
        if (reply.status() == 413 || reply.status() == 415) {
            response.setHeader(HttpHeaders.CONNECTION, "close");
        }
        trigger.submitResponse(response);
    }

    private static String caller(HttpContext context) {
        SocketAddress address =
                HttpCoreContext.cast(context).getEndpointDetails().getRemoteAddress();
        return address instanceof InetSocketAddress internet
                ? internet.getAddress().getHostAddress()
                : "127.0.0.1";
    }

    private Reply answer(ClassicHttpRequest request, String caller) throws IOException {
        Optional<String> objection = guard.objection(claims(request));
        if (objection.isPresent()) {
            return body.read(request, IGNORED, none -> Reply.problem(403, objection.get()));
        }
        String[] target = request.getRequestUri().split("\\?", 2);
        List<String> path = path(target[0]);
        for (Route route : routes) {
            Optional<Map<String, String>> names = route.match(path);
            if (names.isPresent() && isOf(route, request.getMethod())) {
                Map<String, List<String>> query = query(target.length > 1 ? target[1] : "");
                return body.read(
                        request,
                        route.limit(),
                        bytes -> route.handler().answer(new Call(names.get(), query, caller, bytes)));
            }
        }
        return body.read(request, IGNORED, none -> elsewhere(path, request.getMethod()));
    }

    private static boolean isOf(Route route, String method) {
        return route.method().equals(method.equals("HEAD") ? "GET" : method);
    }

    private Reply elsewhere(List<String> path, String method) {
        List<String> others = routes.stream()
                .filter(route -> route.match(path).isPresent())
                .map(Route::method)
                .distinct()
                .toList();
        return others.isEmpty()
                ? Reply.problem(404, "There is nothing here; the inbox is at /, the API under /v2/email.")
                : Reply.problem(405, "This is for " + String.join(", ", others) + ", not " + method + ".")
                        .with("Allow", String.join(", ", others));
    }

    private static Guard.Claims claims(ClassicHttpRequest request) {
        return new Guard.Claims(
                values(request, HttpHeaders.HOST),
                values(request, "Origin"),
                values(request, "Sec-Fetch-Site").stream().findFirst(),
                values(request, "Sec-Fetch-Mode").stream().findFirst());
    }

    private static List<String> values(ClassicHttpRequest request, String name) {
        return Stream.of(request.getHeaders(name)).map(Header::getValue).toList();
    }

    /** Splits before it decodes, so that an encoded slash is no slash. */
    private static List<String> path(String raw) {
        List<String> segments = new ArrayList<>();
        Route.segments(raw).forEach(segment -> segments.add(decoded(segment.replace("+", "%2B"))));
        return segments;
    }

    private static Map<String, List<String>> query(String raw) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.computeIfAbsent(decoded(pair.substring(0, equals)), name -> new ArrayList<>())
                        .add(decoded(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("The address has a % without two hexadecimal digits.");
        }
    }

    private static ClassicHttpResponse response(Reply reply) {
        ClassicHttpResponse response = new BasicClassicHttpResponse(reply.status());
        USUAL.forEach(response::setHeader);
        reply.headers().forEach(response::setHeader);
        response.setEntity(new ReplyEntity(reply));
        return response;
    }

    /** An answer as HttpCore writes it. */
    private static final class ReplyEntity extends AbstractHttpEntity {

        private final Reply reply;

        ReplyEntity(Reply reply) {
            super(reply.contentType(), null);
            this.reply = reply;
        }

        @Override
        public long getContentLength() {
            return reply.body().length();
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            reply.body().writeTo(out);
        }

        @Override
        public InputStream getContent() {
            throw new UnsupportedOperationException("An answer is written, not read.");
        }

        @Override
        public boolean isStreaming() {
            return false;
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }
}
