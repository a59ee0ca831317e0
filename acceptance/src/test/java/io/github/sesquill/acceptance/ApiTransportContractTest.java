package io.github.sesquill.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.sesquill.api.SesApiTransport;
import io.github.sesquill.test.ArrivedMessage;
import io.github.sesquill.test.EmailTransportContract;
import io.github.sesquill.test.engine.Refusal;
import io.github.sesquill.transport.EmailTransport;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** The API holds the contract of all transports, against an HTTP server that speaks like SES. */
class ApiTransportContractTest extends EmailTransportContract {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    protected Ses open() throws IOException {
        return new OverHttp();
    }

    private static final class OverHttp implements Ses {

        private final HttpServer server;
        private final SesV2Client client;
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final List<JsonNode> arrived = new CopyOnWriteArrayList<>();
        private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
        private final AtomicInteger attempts = new AtomicInteger();
        private final CountDownLatch closed = new CountDownLatch(1);

        OverHttp() throws IOException {
            System.setProperty("sun.net.httpserver.nodelay", "true");
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
            server.createContext("/", this::serve);
            server.setExecutor(threads);
            server.start();
            client = SesV2Client.builder()
                    .region(Region.EU_WEST_1)
                    .endpointOverride(
                            URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                    .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                    .build();
        }

        private void serve(HttpExchange exchange) throws IOException {
            JsonNode request = JSON.readTree(exchange.getRequestBody());
            int number = attempts.incrementAndGet();
            Answer answer = answers.poll();
            if (answer == null) {
                arrived.add(request);
                reply(exchange, 200, "{\"MessageId\":\"0102018f-" + number + "\"}");
                return;
            }
            switch (answer) {
                case SILENCE -> exchange.close();
                case HANG -> {
                    awaitClose();
                    exchange.close();
                }
                case ACCEPTED_WITHOUT_ID -> reply(exchange, 200, "{}");
                default -> refuse(exchange, refusal(answer));
            }
        }

        private static Refusal refusal(Answer answer) {
            return switch (answer) {
                case UNVERIFIED -> Refusal.unverified("eu-west-1", List.of());
                case THROTTLED -> Refusal.throttled();
                case DAILY_QUOTA -> Refusal.dayFull();
                case SENDING_PAUSED -> Refusal.paused();
                case NO_CONFIGURATION_SET -> Refusal.noConfigurationSet("none");
                default -> Refusal.invalid("Content refused.");
            };
        }

        private static void refuse(HttpExchange exchange, Refusal refusal) throws IOException {
            exchange.getResponseHeaders().add("x-amzn-ErrorType", refusal.code());
            ObjectNode body = JSON.createObjectNode().put("message", refusal.text());
            reply(exchange, refusal.httpStatus(), body.toString());
        }

        private static void reply(HttpExchange exchange, int status, String body) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        }

        private void awaitClose() {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public EmailTransport transport() {
            return SesApiTransport.using(client);
        }

        @Override
        public List<ArrivedMessage> arrived() {
            return arrived.stream().<ArrivedMessage>map(ByApi::new).toList();
        }

        @Override
        public int attempts() {
            return attempts.get();
        }

        @Override
        public void answerNext(Answer answer) {
            answers.add(answer);
        }

        @Override
        public void close() {
            closed.countDown();
            client.close();
            server.stop(0);
            threads.shutdownNow();
        }
    }

    /** A message as it came by the API; raw MIME is read by Angus. */
    private static final class ByApi implements ArrivedMessage {

        private final JsonNode request;
        private final JsonNode simple;
        private final Optional<ReceivedMail> mime;

        ByApi(JsonNode request) {
            this.request = request;
            this.simple = request.at("/Content/Simple");
            this.mime = raw().map(bytes -> new ReceivedMail(new SmtpSink.Received("", List.of(), bytes, bytes)));
        }

        @Override
        public String from() {
            return request.path("FromEmailAddress").asText();
        }

        @Override
        public List<String> recipients() {
            List<String> all = new ArrayList<>();
            for (String kind : List.of("ToAddresses", "CcAddresses", "BccAddresses")) {
                texts(request.path("Destination").path(kind))
                        .forEach(value -> all.add(value.replaceFirst("^.*<(.*)>$", "$1")));
            }
            return all;
        }

        private static List<String> texts(JsonNode array) {
            return StreamSupport.stream(array.spliterator(), false)
                    .map(JsonNode::asText)
                    .toList();
        }

        @Override
        public List<String> headers(String name) {
            if (mime.isPresent()) {
                return mime.get().headers(name);
            }
            return switch (name) {
                case "To" -> decoded(texts(request.at("/Destination/ToAddresses")));
                case "Cc" -> decoded(texts(request.at("/Destination/CcAddresses")));
                case "Reply-To" -> decoded(texts(request.path("ReplyToAddresses")));
                case "Subject" -> List.of(simple.at("/Subject/Data").asText());
                default ->
                    decoded(StreamSupport.stream(simple.path("Headers").spliterator(), false)
                            .filter(header -> header.path("Name").asText().equals(name))
                            .map(header -> header.path("Value").asText())
                            .toList());
            };
        }

        private static List<String> decoded(List<String> values) {
            return values.stream().map(ByApi::decoded).toList();
        }

        private static String decoded(String value) {
            try {
                return MimeUtility.decodeText(value);
            } catch (UnsupportedEncodingException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Optional<String> text() {
            return Optional.ofNullable(simple.at("/Body/Text/Data").textValue());
        }

        @Override
        public Optional<String> html() {
            return Optional.ofNullable(simple.at("/Body/Html/Data").textValue());
        }

        @Override
        public List<Part> parts() {
            return StreamSupport.stream(simple.path("Attachments").spliterator(), false)
                    .map(part -> new Part(
                            part.path("FileName").asText(),
                            part.path("ContentType").asText(),
                            Optional.ofNullable(part.path("ContentId").textValue()),
                            Base64.getDecoder().decode(part.path("RawContent").asText())))
                    .toList();
        }

        @Override
        public Map<String, String> tags() {
            Map<String, String> tags = new LinkedHashMap<>();
            request.path("EmailTags")
                    .forEach(tag -> tags.put(
                            tag.path("Name").asText(), tag.path("Value").asText()));
            return tags;
        }

        @Override
        public Optional<String> configurationSet() {
            return Optional.ofNullable(request.path("ConfigurationSetName").textValue());
        }

        @Override
        public Optional<byte[]> raw() {
            return Optional.ofNullable(request.at("/Content/Raw/Data").textValue())
                    .map(Base64.getDecoder()::decode);
        }
    }
}
