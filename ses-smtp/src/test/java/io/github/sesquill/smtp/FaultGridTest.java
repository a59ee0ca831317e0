package io.github.sesquill.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.message.Attachment;
import io.github.sesquill.message.EmailMessage;
import io.github.sesquill.smtp.ScriptedSmtp.Step;
import io.github.sesquill.smtp.ScriptedSmtp.Verb;
import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Everything that can go wrong at every place where it can, over STARTTLS: 12 verbs times 8 faults. */
class FaultGridTest {

    private enum Fault {
        DROP,
        RESET,
        STALL,
        TEMPORARY,
        PERMANENT,
        LEAVING,
        GARBAGE,
        SLOW;

        Step step(Verb verb, SlowServer slow) {
            return switch (this) {
                case DROP -> ScriptedSmtp.drop();
                case RESET -> ScriptedSmtp.reset();
                case STALL -> (peer, good) -> peer.hang();
                case TEMPORARY -> said(verb, "451 4.3.0 later");
                case PERMANENT -> said(verb, "550 5.0.0 never");
                case LEAVING -> ScriptedSmtp.replyAndClose("421 4.3.2 too many concurrent connections");
                case GARBAGE -> said(verb, "well, what is this");
                case SLOW -> verb == Verb.BODY ? slow.reading(STOPS) : slow.answering();
            };
        }

        /** Nobody can answer in the middle of a message but by hanging up after it. */
        private static Step said(Verb verb, String line) {
            return verb == Verb.BODY ? ScriptedSmtp.replyAndClose(line) : ScriptedSmtp.reply(line);
        }
    }

    private record Cell(Verb verb, Fault fault) {

        @Override
        public String toString() {
            return verb + " × " + fault;
        }
    }

    private record Seen(SendOutcome outcome, int handOffs, List<byte[]> messages, int connections, int stops) {}

    /** How often a slow server stops in the middle of a message. */
    private static final int STOPS = 5;

    private static final String NAMES = "dns:localhost";
    private static final Set<Verb> LATER_VERBS = EnumSet.of(Verb.RSET, Verb.NOOP, Verb.QUIT);
    private static final byte[] LARGE = new byte[12_000_000];
    private static final Map<Cell, Seen> SEEN = new LinkedHashMap<>();

    @BeforeAll
    static void tryAllAtOnce() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            Map<Cell, Future<Seen>> tried = new LinkedHashMap<>();
            for (Verb verb : Verb.values()) {
                for (Fault fault : Fault.values()) {
                    Cell cell = new Cell(verb, fault);
                    tried.put(cell, threads.submit(() -> tryOut(cell)));
                }
            }
            for (Map.Entry<Cell, Future<Seen>> one : tried.entrySet()) {
                SEEN.put(one.getKey(), one.getValue().get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Seen tryOut(Cell cell) throws IOException {
        TestTime time = new TestTime();
        TestAttempt attempt = new TestAttempt();
        try (ScriptedSmtp server = ScriptedSmtp.startTls(TestKeys.serving(NAMES))) {
            SlowServer slow = new SlowServer();
            server.at(cell.verb, cell.fault.step(cell.verb, slow));
            if (cell.verb == Verb.RSET) {
                server.once(Verb.RCPT, ScriptedSmtp.reply("550 5.1.1 unknown"));
            }
            Duration limit = cell.fault == Fault.STALL ? Sending.SOON : Sending.LATER;
            boolean stalledSign = cell.fault == Fault.STALL && (cell.verb == Verb.NOOP || cell.verb == Verb.RSET);
            try (SmtpTransport transport = Sending.overStartTls(server, TestKeys.trusting(NAMES))
                    .connectTimeout(stalledSign ? Sending.SOON : Sending.LATER)
                    .readTimeout(stalledSign ? Sending.LATER : limit)
                    .writeTimeout(limit)
                    .time(time)
                    .sockets(slow::newSocket)
                    .build()) {
                int before = beforeTheVerb(transport, time, server, cell.verb);
                SendOutcome outcome = transport.send(message(cell.verb), attempt);
                List<byte[]> came = server.messages().stream().skip(before).toList();
                return new Seen(outcome, attempt.handOffs.get(), came, server.connections(), slow.stops());
            }
        }
    }

    /** Sends a first message where the verb comes after one, so that it must be the second that does not notice. */
    private static int beforeTheVerb(SmtpTransport transport, TestTime time, ScriptedSmtp server, Verb verb) {
        if (LATER_VERBS.contains(verb)) {
            transport.send(Sending.message(), new TestAttempt());
        }
        if (verb == Verb.NOOP) {
            time.pass(Duration.ofSeconds(2));
        } else if (verb == Verb.QUIT) {
            time.pass(Duration.ofSeconds(6));
        }
        return server.messages().size();
    }

    /** Larger than all buffers on the way, where what happens in its middle must be seen before its end is written. */
    private static EmailMessage message(Verb verb) {
        return verb == Verb.BODY
                ? Sending.draft()
                        .attach(Attachment.of("zeros.bin", () -> new ByteArrayInputStream(LARGE)))
                        .build()
                : Sending.message();
    }

    @TestFactory
    Stream<DynamicTest> everyFaultAtEveryVerb() {
        return SEEN.entrySet().stream()
                .map(cell ->
                        DynamicTest.dynamicTest(cell.getKey().toString(), () -> check(cell.getKey(), cell.getValue())));
    }

    @Test
    void isWhole() {
        assertThat(SEEN).hasSize(12 * 8);
    }

    private static void check(Cell cell, Seen seen) {
        expected(cell).accept(seen.outcome);
        boolean over = seen.outcome instanceof SendOutcome.Sent || cell.verb == Verb.DOT;
        assertThat(seen.handOffs).as("hand-offs").isEqualTo(over ? 1 : 0);
        assertThat(seen.messages).as("messages that came whole").hasSize(over ? 1 : 0);
        if (LATER_VERBS.contains(cell.verb)) {
            boolean kept = cell.fault == Fault.SLOW && cell.verb != Verb.QUIT;
            assertThat(seen.connections).as("connections").isEqualTo(kept ? 1 : 2);
        }
        if (cell.verb == Verb.BODY && cell.fault == Fault.SLOW) {
            assertThat(seen.stops).as("times the client was blocked").isEqualTo(STOPS);
            assertThat(attachment(seen.messages.get(0))).isEqualTo(LARGE);
        }
    }

    private static byte[] attachment(byte[] message) {
        String text = new String(message, StandardCharsets.ISO_8859_1);
        int from = text.indexOf("\r\n\r\n", text.indexOf("zeros.bin"));
        return Base64.getMimeDecoder().decode(text.substring(from, text.indexOf("\r\n--", from)));
    }

    private static Consumer<SendOutcome> expected(Cell cell) {
        if (LATER_VERBS.contains(cell.verb) || cell.fault == Fault.SLOW) {
            return Sending.sent();
        }
        if (cell.verb == Verb.BODY) {
            return Sending.forNow(Reason.UNAVAILABLE);
        }
        return switch (cell.fault) {
            case DROP, RESET, STALL -> cell.verb == Verb.DOT ? Sending.unknown() : Sending.forNow(Reason.UNAVAILABLE);
            case LEAVING -> Sending.forNow(Reason.UNAVAILABLE);
            case TEMPORARY -> Sending.forNow(cell.verb == Verb.STARTTLS ? Reason.TLS : Reason.UNAVAILABLE);
            case PERMANENT -> Sending.forGood(refusal(cell.verb));
            default -> cell.verb == Verb.DOT ? Sending.unknown() : Sending.forGood(Reason.PROTOCOL);
        };
    }

    private static Reason refusal(Verb verb) {
        return switch (verb) {
            case EHLO -> Reason.PROTOCOL;
            case STARTTLS -> Reason.TLS;
            case AUTH -> Reason.AUTHENTICATION;
            default -> Reason.REJECTED;
        };
    }
}
