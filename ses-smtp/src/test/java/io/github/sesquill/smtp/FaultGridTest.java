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
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

        Step step(Verb verb) {
            return switch (this) {
                case DROP -> ScriptedSmtp.drop();
                case RESET -> ScriptedSmtp.reset();
                case STALL -> (peer, good) -> peer.hang();
                case TEMPORARY -> said(verb, "451 4.3.0 later");
                case PERMANENT -> said(verb, "550 5.0.0 never");
                case LEAVING -> ScriptedSmtp.replyAndClose("421 4.3.2 too many concurrent connections");
                case GARBAGE -> said(verb, "well, what is this");
                case SLOW -> verb == Verb.BODY ? (peer, good) -> {} : ScriptedSmtp.slow();
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

    private record Seen(SendOutcome outcome, int handOffs, int messages, int secondMessages) {}

    private static final String NAMES = "dns:localhost";
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
            server.at(cell.verb, cell.fault.step(cell.verb));
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
                    .build()) {
                return switch (cell.verb) {
                    case RSET, NOOP, QUIT -> twoMessages(transport, time, server, cell.verb);
                    default -> {
                        SendOutcome outcome = transport.send(message(cell.verb), attempt);
                        yield new Seen(
                                outcome,
                                attempt.handOffs.get(),
                                server.messages().size(),
                                0);
                    }
                };
            }
        }
    }

    /** A first message, after which the verb comes, and a second that must not notice. */
    private static Seen twoMessages(SmtpTransport transport, TestTime time, ScriptedSmtp server, Verb verb) {
        transport.send(Sending.message(), new TestAttempt());
        if (verb == Verb.NOOP) {
            time.pass(Duration.ofSeconds(2));
        } else if (verb == Verb.QUIT) {
            time.pass(Duration.ofSeconds(6));
        }
        int before = server.messages().size();
        TestAttempt attempt = new TestAttempt();
        SendOutcome outcome = transport.send(Sending.message(), attempt);
        return new Seen(
                outcome,
                attempt.handOffs.get(),
                server.messages().size() - before,
                server.messages().size());
    }

    /** Larger than all buffers on the way, where what happens in its middle must be seen before its end is written. */
    private static EmailMessage message(Verb verb) {
        return verb == Verb.BODY
                ? Sending.draft()
                        .attach(Attachment.of("zeros.bin", () -> new ByteArrayInputStream(new byte[12_000_000])))
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
        assertThat(seen.messages).as("messages that came whole").isEqualTo(over ? 1 : 0);
    }

    private static Consumer<SendOutcome> expected(Cell cell) {
        boolean laterVerb = List.of(Verb.RSET, Verb.NOOP, Verb.QUIT).contains(cell.verb);
        if (laterVerb || cell.fault == Fault.SLOW) {
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
