package io.github.sesquill.acceptance.faults;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    private final ServerSocket listener;
    private final BiConsumer<String, String> taken;
    private final Drops drops;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong ids = new AtomicLong();

    private FaultySmtp(ServerSocket listener, BiConsumer<String, String> taken, Drops drops) {
        this.listener = listener;
        this.taken = taken;
        this.drops = drops;
        daemon(this::accept, "faulty-smtp");
    }

    /**
     * Starts a server.
     *
     * @param taken is told of each message: its subject, and the attempt that brought it
     * @param drops says when to end a connection; called by many threads
     */
    static FaultySmtp start(BiConsumer<String, String> taken, Drops drops) throws IOException {
        return new FaultySmtp(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), taken, drops);
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
            say(socket, "220 faulty ESMTP");
            String line = line(in);
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
        if (command.startsWith("EHLO")) {
            say(socket, "250-faulty\r\n250-PIPELINING\r\n250 8BITMIME");
        } else if (command.startsWith("DATA")) {
            say(socket, "354 go on");
            return message(socket, in);
        } else if (command.startsWith("QUIT")) {
            say(socket, "221 bye");
            return false;
        } else {
            say(socket, "250 Ok");
        }
        return true;
    }

    private boolean message(Socket socket, InputStream in) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        String line = line(in);
        while (line != null && !line.equals(".")) {
            message.writeBytes((line + '\n').getBytes(StandardCharsets.ISO_8859_1));
            line = line(in);
        }
        if (line == null || drops.at(Moment.BODY)) {
            return false;
        }
        String text = message.toString(StandardCharsets.ISO_8859_1);
        taken.accept(first(SUBJECT, text), first(ATTEMPT, text));
        if (drops.at(Moment.TAKEN)) {
            return false;
        }
        say(socket, String.format("250 Ok 0102018f-%08x", ids.incrementAndGet()));
        return !drops.at(Moment.ANSWERED);
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

    private static void daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        dropAll();
    }
}
