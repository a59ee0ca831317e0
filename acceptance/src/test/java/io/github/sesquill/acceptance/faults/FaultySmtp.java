package io.github.sesquill.acceptance.faults;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An SMTP server on loopback, in clear, that tells of each message it takes and ends connections when it is told to. */
final class FaultySmtp implements AutoCloseable {

    private static final Pattern SUBJECT = Pattern.compile("(?m)^Subject: (\\S+)");
    private static final Pattern ATTEMPT = Pattern.compile("sesquill-attempt=([^,\\s]+)");

    /** Where a connection may be ended. */
    enum Moment {
        COMMAND,
        BODY,
        TAKEN,
        ANSWERED
    }

    /** Says whether to end the connection now. */
    interface Drops {
        boolean at(Moment moment);
    }

    /** Says what to answer instead of what a good server does, at a verb, or at BANNER, BODY or DOT. */
    interface Answers {

        /** Returns a reply, {@link #DROP}, {@link #SILENCE} or {@link #STALL}; nothing for the good reply. */
        @Nullable
        String at(String place);
    }

    /** Ends the connection instead of an answer. */
    static final String DROP = "drop";

    /** Reads on and says nothing. */
    static final String SILENCE = "silence";

    /** Reads no more of a body, but keeps the connection until the server is closed. */
    static final String STALL = "stall";

    private final ServerSocket listener;
    private final Thread acceptor;
    private final BiConsumer<String, String> taken;
    private final Drops drops;
    private volatile Answers answers = place -> null;
    private volatile String extensions = "250-PIPELINING\r\n250 8BITMIME";
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong ids = new AtomicLong();
    private final CountDownLatch closed = new CountDownLatch(1);

    private FaultySmtp(ServerSocket listener, BiConsumer<String, String> taken, Drops drops) {
        this.listener = listener;
        this.taken = taken;
        this.drops = drops;
        this.acceptor = daemon(this::accept, "faulty-smtp");
    }

    /**
     * Starts a server.
     *
     * @param taken is told of each message: its subject, and the attempt that brought it
     * @param drops says when to end a connection; called by many threads
     */
    static FaultySmtp start(BiConsumer<String, String> taken, Drops drops) throws IOException {
        return start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), taken, drops);
    }

    /** Starts one at an address of its own. */
    static FaultySmtp start(InetSocketAddress address, BiConsumer<String, String> taken, Drops drops)
            throws IOException {
        return new FaultySmtp(new ServerSocket(address.getPort(), 100, address.getAddress()), taken, drops);
    }

    /** Answers so from now on, and offers these extensions, each on a line of a reply. */
    FaultySmtp answering(Answers instead, String offered) {
        answers = instead;
        extensions = offered;
        return this;
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Returns how many connections are open. */
    int connections() {
        return sockets.size();
    }

    /** Ends all connections at once, as when a load balancer is replaced. */
    void dropAll() {
        for (Socket socket : sockets) {
            closeQuietly(socket);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // That is what was wanted.
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                daemon(() -> serve(socket), "faulty-smtp-connection");
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String line = say(socket, in, "BANNER", "220 faulty ESMTP") ? line(in) : null;
            while (line != null && answer(socket, in, line.toUpperCase(Locale.ROOT))) {
                line = line(in);
            }
        } catch (IOException gone) {
            // The client has had enough.
        } finally {
            sockets.remove(socket);
        }
    }

    /** Answers a command; false ends the connection. */
    private boolean answer(Socket socket, InputStream in, String command) throws IOException {
        if (drops.at(Moment.COMMAND)) {
            return false;
        }
        String verb = command.split(" ", 2)[0];
        return switch (verb) {
            case "EHLO" -> say(socket, in, verb, "250-faulty\r\n" + extensions);
            case "AUTH" -> say(socket, in, verb, "235 welcome");
            case "DATA" -> {
                String instead = answers.at(verb);
                if (instead != null) {
                    yield say(socket, in, instead);
                }
                say(socket, "354 go on");
                yield message(socket, in);
            }
            case "QUIT" -> {
                say(socket, "221 bye");
                yield false;
            }
            default -> say(socket, in, verb, "250 Ok");
        };
    }

    /** Answers at a place as is told or else well; false ends the connection. */
    private boolean say(Socket socket, InputStream in, String place, String good) throws IOException {
        String instead = answers.at(place);
        return say(socket, in, instead == null ? good : instead);
    }

    private static boolean say(Socket socket, InputStream in, String reply) throws IOException {
        if (reply.equals(SILENCE)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        if (reply.equals(SILENCE) || reply.equals(DROP)) {
            return false;
        }
        say(socket, reply);
        return !reply.startsWith("421");
    }

    private boolean message(Socket socket, InputStream in) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        String line = line(in);
        String atBody = answers.at("BODY");
        if (STALL.equals(atBody)) {
            awaitClose();
        }
        if (STALL.equals(atBody) || DROP.equals(atBody)) {
            return false;
        }
        while (line != null && !line.equals(".")) {
            message.writeBytes((line + '\n').getBytes(StandardCharsets.ISO_8859_1));
            line = line(in);
        }
        if (line == null || drops.at(Moment.BODY)) {
            return false;
        }
        String text = message.toString(StandardCharsets.ISO_8859_1);
        String instead = answers.at("DOT");
        if (instead != null && (instead.startsWith("4") || instead.startsWith("5"))) {
            return say(socket, in, instead);
        }
        taken.accept(first(SUBJECT, text), first(ATTEMPT, text));
        if (drops.at(Moment.TAKEN)) {
            return false;
        }
        if (instead != null) {
            return say(socket, in, instead);
        }
        say(socket, String.format("250 Ok 0102018f-%08x", ids.incrementAndGet()));
        return !drops.at(Moment.ANSWERED);
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "none";
    }

    /** Reads a line without its end; null if the connection ended before the line did. */
    private static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0 && next != '\n') {
            if (next != '\r') {
                line.write(next);
            }
            next = in.read();
        }
        return next < 0 ? null : line.toString(StandardCharsets.ISO_8859_1);
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** A thread that waits for a connection keeps the port open, and may be given one, until it has noticed. */
    private void stopListening() throws IOException {
        listener.close();
        try {
            acceptor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        stopListening();
        closed.countDown();
        dropAll();
    }
}
