package io.github.sesquill.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** The stub in a process of its own, for as long as this is open. */
final class StubProcess implements AutoCloseable {

    private final Process process;
    private final URI endpoint;

    private StubProcess(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /** Starts it and waits until it listens. */
    static StubProcess start() throws IOException {
        return start(Duration.ZERO);
    }

    /** Starts one that takes so long for each answer. */
    static StubProcess start(Duration each) throws IOException {
        Process process = JavaProcess.of(
                        StubSes.class, List.of("-Xmx256m", "-XX:+UseSerialGC"), List.of(String.valueOf(each.toNanos())))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.US_ASCII);
        String port = out.readLine();
        if (port == null) {
            throw new IOException("The stub ended before it listened; what it said is above.");
        }
        return new StubProcess(process, URI.create("http://127.0.0.1:" + port));
    }

    URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
