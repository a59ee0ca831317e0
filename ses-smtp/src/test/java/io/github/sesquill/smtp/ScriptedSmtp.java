package io.github.sesquill.smtp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** An SMTP server on loopback that does what a test says at a verb, and otherwise what a good server does. */
final class ScriptedSmtp implements AutoCloseable {

    /** The places where it can go wrong. */
    enum Verb {
        BANNER,
        EHLO,
        STARTTLS,
        AUTH,
        MAIL,
        RCPT,
        DATA,
        BODY,
        DOT,
        RSET,
        NOOP,
        QUIT
    }

    /** What is done instead of the good reply. */
    @FunctionalInterface
    interface Step {

        void instead(Peer peer, String goodReply) throws IOException;
    }

    private record Plan(AtomicInteger skip, AtomicInteger times, Step step) {}

    private final CountingListener listener;
    private final Map<Verb, List<Plan>> plans = new ConcurrentHashMap<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<byte[]> messages = new CopyOnWriteArrayList<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final @Nullable SSLContext tls;
    private final boolean implicit;
    private volatile @Nullable String tlsVersion;
    private volatile List<String> extensions = List.of("8BITMIME", "AUTH PLAIN LOGIN");
    private volatile List<String> extensionsAfterTls = List.of("8BITMIME", "AUTH PLAIN LOGIN");

    private ScriptedSmtp(@Nullable SSLContext tls, boolean implicit) throws IOException {
        this.tls = tls;
        this.implicit = implicit;
        this.listener = new CountingListener();
        start(this::accept);
    }

    static ScriptedSmtp start() throws IOException {
        return new ScriptedSmtp(null, false);
    }

    static ScriptedSmtp implicitTls(SSLContext tls) throws IOException {
        return new ScriptedSmtp(tls, true);
    }

    static ScriptedSmtp startTls(SSLContext tls) throws IOException {
        return new ScriptedSmtp(tls, false).offering("8BITMIME", "STARTTLS");
    }

    /** Speaks only this version of TLS. */
    ScriptedSmtp speaking(String version) {
        tlsVersion = version;
        return this;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "scripted-smtp");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Says what EHLO answers before TLS. */
    ScriptedSmtp offering(String... words) {
        extensions = List.of(words);
        if (tls == null || implicit) {
            extensionsAfterTls = extensions;
        }
        return this;
    }

    ScriptedSmtp offeringAfterTls(String... words) {
        extensionsAfterTls = List.of(words);
        return this;
    }

    /** Does something else at a verb, every time. */
    ScriptedSmtp at(Verb verb, Step step) {
        return at(verb, 0, Integer.MAX_VALUE, step);
    }

    /** Does something else at a verb, once. */
    ScriptedSmtp once(Verb verb, Step step) {
        return at(verb, 0, 1, step);
    }

    /** Does something else at a verb so many times, after it has come so often. */
    ScriptedSmtp at(Verb verb, int skip, int times, Step step) {
        plans.computeIfAbsent(verb, v -> new CopyOnWriteArrayList<>())
                .add(new Plan(new AtomicInteger(skip), new AtomicInteger(times), step));
        return this;
    }

    static Step reply(String... lines) {
        return (peer, good) -> {
            for (String line : lines) {
                peer.say(line);
            }
        };
    }

    static Step replyAndClose(String line) {
        return (peer, good) -> {
            peer.say(line);
            peer.close();
        };
    }

    static Step drop() {
        return (peer, good) -> peer.close();
    }

    static Step reset() {
        return (peer, good) -> {
            peer.plain.setSoLinger(true, 0);
            peer.close();
        };
    }

    /** Says nothing until the client goes. */
    static Step stall() {
        return (peer, good) -> peer.awaitEnd();
    }

    /** Returns every command line that came, over all connections. */
    List<String> commands() {
        return commands;
    }

    /** Returns every message whose end came, dots undone. */
    List<byte[]> messages() {
        return messages;
    }

    String message(int index) {
        return new String(messages.get(index), StandardCharsets.ISO_8859_1);
    }

    int connections() {
        return connections.get();
    }

    /** Closes all connections that are open, as a load balancer does that is replaced. */
    void dropAll() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private static final class CountingListener extends ServerSocket {

        CountingListener() throws IOException {
            super(0, 50, InetAddress.getLoopbackAddress());
        }

        @Override
        public CountedSocket accept() throws IOException {
            CountedSocket socket = new CountedSocket();
            implAccept(socket);
            return socket;
        }
    }

    private void accept() {
        while (true) {
            try {
                CountedSocket socket = listener.accept();
                // What is written byte by byte goes byte by byte.
                socket.setTcpNoDelay(true);
                connections.incrementAndGet();
                sockets.add(socket);
                start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(CountedSocket socket) {
        try (socket) {
            Peer peer = new Peer(socket);
            if (implicit) {
                peer.secure();
            }
            peer.step(Verb.BANNER, "220 scripted ESMTP");
            for (String line = peer.line(); line != null; line = peer.line()) {
                commands.add(line);
                peer.answer(line);
            }
        } catch (IOException e) {
            // The client went, or the test closed it.
        } finally {
            sockets.remove(socket);
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listener.close();
        dropAll();
    }

    /** One connection as the server sees it. */
    final class Peer {

        final CountedSocket plain;
        InputStream in;
        String said = "";
        private OutputStream out;
        private boolean secured;
        private int accepted;

        Peer(CountedSocket socket) throws IOException {
            plain = socket;
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        }

        void say(String line) throws IOException {
            said = line;
            out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        void write(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        void close() throws IOException {
            plain.close();
        }

        void awaitEnd() throws IOException {
            while (in.read() >= 0) {
                // Whatever comes is not answered.
            }
            plain.close();
        }

        /** Waits until the test closes the server, so that nothing but its own timeout helps the client. */
        void hang() {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void secure() throws IOException {
            SSLSocket socket = (SSLSocket)
                    Objects.requireNonNull(tls).getSocketFactory().createSocket(plain, null, plain.getPort(), true);
            socket.setUseClientMode(false);
            if (tlsVersion != null) {
                socket.setEnabledProtocols(new String[] {tlsVersion});
            }
            socket.startHandshake();
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
            secured = true;
        }

        private @Nullable String line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int octet = in.read();
            while (octet >= 0 && octet != '\n') {
                line.write(octet);
                octet = in.read();
            }
            String text = line.toString(StandardCharsets.ISO_8859_1);
            return octet < 0 ? null : text.endsWith("\r") ? text.substring(0, text.length() - 1) : text + "\n";
        }

        void step(Verb verb, String goodReply) throws IOException {
            for (Plan plan : plans.getOrDefault(verb, List.of())) {
                if (plan.skip.getAndDecrement() > 0) {
                    continue;
                }
                if (plan.times.getAndDecrement() > 0) {
                    plan.step.instead(this, goodReply);
                    return;
                }
            }
            if (!goodReply.isEmpty()) {
                say(goodReply);
            }
        }

        private void answer(String line) throws IOException {
            String verb = line.split(" ", 2)[0];
            switch (verb) {
                case "EHLO" -> step(Verb.EHLO, greeting());
                case "STARTTLS" -> {
                    step(Verb.STARTTLS, "220 go ahead");
                    if (said.startsWith("220")) {
                        secure();
                    }
                }
                case "AUTH" -> authenticate(line);
                case "MAIL" -> step(Verb.MAIL, "250 sender fine");
                case "RCPT" -> step(Verb.RCPT, "250 recipient fine");
                case "DATA" -> {
                    step(Verb.DATA, "354 go ahead");
                    if (said.startsWith("354")) {
                        data();
                    }
                }
                case "RSET" -> step(Verb.RSET, "250 forgotten");
                case "NOOP" -> step(Verb.NOOP, "250 here");
                case "QUIT" -> {
                    step(Verb.QUIT, "221 bye");
                    close();
                }
                default -> say("500 what");
            }
        }

        private String greeting() {
            List<String> offered = secured && !implicit ? extensionsAfterTls : extensions;
            List<String> lines = new ArrayList<>();
            lines.add("scripted");
            lines.addAll(offered);
            StringBuilder greeting = new StringBuilder();
            for (int i = 0; i < lines.size(); i++) {
                greeting.append(i == 0 ? "" : "\r\n")
                        .append(i == lines.size() - 1 ? "250 " : "250-")
                        .append(lines.get(i));
            }
            return greeting.toString();
        }

        private void authenticate(String line) throws IOException {
            if (line.startsWith("AUTH LOGIN")) {
                say("334 UGFzc3dvcmQ6");
                String password = line();
                commands.add(password == null ? "" : password);
            }
            step(Verb.AUTH, "235 Authentication successful");
        }

        private void data() throws IOException {
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            boolean bodySeen = false;
            while (true) {
                String line = line();
                if (line == null) {
                    throw new IOException("gone in the middle of a message");
                }
                if (!bodySeen) {
                    bodySeen = true;
                    step(Verb.BODY, "");
                }
                if (line.equals(".")) {
                    messages.add(message.toByteArray());
                    accepted++;
                    step(Verb.DOT, "250 Ok 0102018f-" + accepted);
                    return;
                }
                String undone = line.startsWith(".") ? line.substring(1) : line;
                message.write(undone.getBytes(StandardCharsets.ISO_8859_1));
                message.write(undone.endsWith("\n") ? new byte[0] : new byte[] {'\r', '\n'});
            }
        }
    }
}
