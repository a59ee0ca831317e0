package io.github.sesquill.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The emulator {@code aws-ses-v2-local}, as its own process on loopback.
 *
 * <p>It knows no identities, so nothing has to be verified; its account is the one it is started with.
 */
final class Emulator implements AutoCloseable {

    private static final Path PROGRAM = Path.of("interop", "node_modules", "aws-ses-v2-local", "dist", "cli.js")
            .toAbsolutePath();

    private static final String ACCOUNT = """
            {"DedicatedIpAutoWarmupEnabled": false, "EnforcementStatus": "HEALTHY", "ProductionAccessEnabled": true,
             "SendingEnabled": true,
             "SendQuota": {"Max24HourSend": 50000, "MaxSendRate": 100, "SentLast24Hours": 0},
             "SuppressionAttributes": {"SuppressedReasons": ["BOUNCE", "COMPLAINT"]},
             "Details": {"AdditionalContactEmailAddresses": [], "ContactLanguage": "EN", "MailType": "MARKETING",
                         "ReviewDetails": {"CaseId": "1", "Status": "GRANTED"},
                         "UseCaseDescription": "A test.", "WebsiteURL": "https://quill.example"}}
            """;

    private final Process process;
    private final URI endpoint;

    private Emulator(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /** Starts it on a free port and returns when it says that it is running. */
    static Emulator start() throws IOException {
        if (!Files.exists(PROGRAM)) {
            throw new IllegalStateException(
                    "The emulator is not there; fetch it with: npm ci --prefix examples/interop");
        }
        int port = freePort();
        ProcessBuilder command = new ProcessBuilder(
                        "node", PROGRAM.toString(), "--host", "127.0.0.1", "--port", Integer.toString(port))
                .redirectErrorStream(true);
        command.environment().put("AWS_SES_ACCOUNT", ACCOUNT);
        Emulator emulator = new Emulator(command.start(), URI.create("http://127.0.0.1:" + port));
        emulator.awaitRunning();
        return emulator;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitRunning() throws IOException {
        StringBuilder said = new StringBuilder();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            if (line.contains("server running")) {
                return;
            }
        }
        throw new IllegalStateException("The emulator ended instead of running:\n" + said);
    }

    URI endpoint() {
        return endpoint;
    }

    /** Returns the messages it has taken, as its own API gives them. */
    JsonNode emails() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve("/store")).build();
        String store = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body();
        return new ObjectMapper().readTree(store).path("emails");
    }

    @Override
    public void close() {
        process.destroy();
    }
}
