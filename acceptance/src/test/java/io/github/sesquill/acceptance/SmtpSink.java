package io.github.sesquill.acceptance;

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
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** An SMTP server on loopback that speaks like SES and keeps the bytes that came, as they came. */
final class SmtpSink implements AutoCloseable {

    /** One message: who sent it to whom, and its bytes on the wire and with the stuffing of dots undone. */
    @SuppressWarnings("ArrayRecordComponent") // only read
    record Received(String sender, List<String> recipients, byte[] wire, byte[] message) {}

    /** Answers the end of a message by ending the connection. */
    static final String SILENCE = "silence";

    /** Answers the end of a message never. */
    static final String HANG = "hang";

    private final ServerSocket listener;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger attempts = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean keeping = true;
    private volatile @Nullable AttachmentDigest digest;

    SmtpSink() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "smtp-sink");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Scripts the answer to the end of the next message. */
    void answerNext(String reply) {
        answers.add(reply);
    }

    /** Returns what was taken, in order. */
    List<Received> received() {
        return received;
    }

    /** Returns and forgets what was taken and said. */
    List<Received> drain() {
        List<Received> all = List.copyOf(received);
        received.clear();
        commands.clear();
        return all;
    }

    List<String> commands() {
        return commands;
    }

    /** Returns how many messages came to their end. */
    int attempts() {
        return attempts.get();
    }

    /** Counts from now on what comes and keeps none of it. */
    SmtpSink keepingNothing() {
        keeping = false;
        return this;
    }

    /** Takes the digest of the attachment of each message that comes, without keeping a message. */
    SmtpSink digesting(AttachmentDigest into) {
        digest = into;
        return this;
    }

    /** Returns how many connections were made. */
    int connections() {
        return connections.get();
    }

    /** Returns how many bytes of messages came, without their last dots. */
    long bytes() {
        return bytes.get();
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                sockets.add(socket);
                start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            new Dialogue(socket).run();
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
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private final class Dialogue {

        private final InputStream in;
        private final OutputStream out;
        private final Socket socket;
        private String sender = "";
        private List<String> recipients = new ArrayList<>();

        Dialogue(Socket socket) throws IOException {
            this.socket = socket;
            in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
            out = socket.getOutputStream();
        }

        private void say(String reply) throws IOException {
            out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        private @Nullable String line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream(80);
            int octet = in.read();
            while (octet >= 0 && octet != '\n') {
                line.write(octet);
                octet = in.read();
            }
            return octet < 0 ? null : line.toString(StandardCharsets.ISO_8859_1).replaceFirst("\r$", "");
        }

        void run() throws IOException {
            say("220 email-smtp.amazonaws.com ESMTP");
            for (String line = line(); line != null; line = line()) {
                commands.add(line);
                answer(line);
            }
        }

        private void answer(String line) throws IOException {
            if (line.startsWith("EHLO ")) {
                say("250-email-smtp.amazonaws.com\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN");
            } else if (line.startsWith("MAIL FROM:<")) {
                sender = between(line);
                recipients = new ArrayList<>();
                say("250 Ok");
            } else if (line.startsWith("RCPT TO:<")) {
                recipients.add(between(line));
                say("250 Ok");
            } else if (line.equals("DATA")) {
                say("354 End data with <CR><LF>.<CR><LF>");
                data();
            } else if (line.equals("QUIT")) {
                say("221 Bye");
                socket.close();
            } else {
                say(line.startsWith("AUTH ") ? "235 Authentication successful." : "250 Ok");
            }
        }

        private static String between(String line) {
            return line.substring(line.indexOf('<') + 1, line.lastIndexOf('>'));
        }

        private void data() throws IOException {
            ByteArrayOutputStream wire = new ByteArrayOutputStream();
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            AttachmentDigest into = digest;
            long count = 0;
            int state = 2; // how much of CRLF is behind; a line begins at 2
            while (true) {
                int octet = in.read();
                if (octet < 0) {
                    throw new IOException("gone in the middle of a message");
                }
                boolean dot = state == 2 && octet == '.';
                if (dot) {
                    in.mark(2);
                    boolean end = in.read() == '\r' && in.read() == '\n';
                    if (end) {
                        break;
                    }
                    in.reset();
                }
                count++;
                if (into != null && !dot) {
                    into.next(octet);
                }
                state = octet == '\r' ? 1 : octet == '\n' && state == 1 ? 2 : 0;
                if (keeping) {
                    wire.write(octet);
                    if (!dot) {
                        message.write(octet);
                    }
                }
            }
            bytes.addAndGet(count);
            taken(new Received(sender, List.copyOf(recipients), wire.toByteArray(), message.toByteArray()));
        }

        private void taken(Received one) throws IOException {
            int number = attempts.incrementAndGet();
            String answer = answers.poll();
            if (SILENCE.equals(answer)) {
                socket.close();
            } else if (HANG.equals(answer)) {
                awaitClose();
            } else {
                if (keeping && (answer == null || answer.startsWith("250"))) {
                    received.add(one);
                }
                say(answer == null ? "250 Ok 0102018f0a1b2c3d-" + number + "-000000" : answer);
            }
        }

        private void awaitClose() {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
