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
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A SES on loopback that does to each request what it is told and keeps a ledger of what it took. Once the script is used
 * up it takes everything and says so.
 */
final class FaultyServer implements AutoCloseable {

    private static final Pattern SUBJECT = Pattern.compile("\"Subject\":\\{\"Data\":\"([^\"]*)\"");
    private static final Pattern ATTEMPT = Pattern.compile("\"Name\":\"sesquill-attempt\",\"Value\":\"([^\"]*)\"");

    /** What to do with one request. */
    interface Step {
        void on(Connection connection) throws IOException;
    }

    private final Ledger ledger = new Ledger();
    private final ServerSocket listener;
    private final Thread acceptor;
    private final String scheme;
    private final Queue<Step> script = new ConcurrentLinkedQueue<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger whole = new AtomicInteger();
    private final AtomicLong ids = new AtomicLong();
    private final CountDownLatch firstWhole = new CountDownLatch(1);
    private volatile Step otherwise = sent();

    private FaultyServer(ServerSocket listener, String scheme) {
        this.listener = listener;
        this.scheme = scheme;
        this.acceptor = daemon(this::accept, "faulty-server");
    }

    static FaultyServer start(Step... script) throws IOException {
        return start(ServerSocketFactory.getDefault(), "http", script);
    }

    static FaultyServer start(ServerSocketFactory factory, String scheme, Step... script) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        FaultyServer server = start(factory, scheme, new InetSocketAddress(loopback, 0));
        server.script.addAll(List.of(script));
        return server;
    }

    /** Starts one at an address of its own. */
    static FaultyServer start(InetSocketAddress address) throws IOException {
        return start(ServerSocketFactory.getDefault(), "http", address);
    }

    private static FaultyServer start(ServerSocketFactory factory, String scheme, InetSocketAddress address)
            throws IOException {
        ServerSocket listener = factory.createServerSocket();
        // So little that what a client writes stays with the client, unless it is read.
        listener.setReceiveBufferSize(16 * 1024);
        listener.bind(address, 200);
        return new FaultyServer(listener, scheme);
    }

    /** Does this to every request that the script says nothing of. */
    FaultyServer otherwise(Step step) {
        otherwise = step;
        return this;
    }

    URI endpoint() {
        return endpoint("localhost");
    }

    URI endpoint(String host) {
        return URI.create(scheme + "://" + host + ':' + port());
    }

    int port() {
        return listener.getLocalPort();
    }

    Ledger ledger() {
        return ledger;
    }

    /** Returns how many requests came whole. */
    int requests() {
        return whole.get();
    }

    /** Returns how many connections are open. */
    long connections() {
        return sockets.stream().filter(socket -> !socket.isClosed()).count();
    }

    void awaitRequest() throws InterruptedException {
        if (!firstWhole.await(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("No request came.");
        }
    }

    /** Takes the message and says so, as SES does. */
    static Step sent(String... headers) {
        return connection -> {
            connection.take();
            connection.say(headers);
        };
    }

    /** Takes the message and answers something else than an id. */
    static Step took(int status, String body, String... headers) {
        return connection -> {
            connection.take();
            connection.write(response(status, body, headers));
        };
    }

    static Step tookAsSes(int status, String body, String... headers) {
        return took(status, body, ofSes(headers));
    }

    /** Takes the message, writes exactly this and ends the connection. */
    static Step tookThen(String bytes) {
        return connection -> {
            connection.take();
            connection.write(bytes);
            connection.end();
        };
    }

    /** Takes the message, writes exactly this and then nothing more until the client goes. */
    static Step tookThenSilence(String bytes) {
        return connection -> {
            connection.take();
            connection.write(bytes);
            connection.awaitEnd();
        };
    }

    static Step tookThenReset() {
        return connection -> {
            connection.take();
            connection.reset();
        };
    }

    /** Takes the message and compresses nothing but zeros into its answer. */
    static Step tookThenBytes(byte[] bytes) {
        return connection -> {
            connection.take();
            connection.write(bytes);
            connection.end();
        };
    }

    /** Does not take the message. */
    static Step answered(int status, String body, String... headers) {
        return connection -> {
            connection.read(Integer.MAX_VALUE);
            connection.write(response(status, body, headers));
        };
    }

    /** Refuses the message, as SES does. */
    static Step refused(int status, String code, String text, String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "x-amzn-ErrorType: " + code;
        return answered(status, "{\"message\":\"" + text + "\"}", ofSes(all));
    }

    /** Refuses it only once something else has come to pass. */
    static Step refused(CompletableFuture<?> first, int status, String code, String text) {
        return connection -> {
            connection.read(Integer.MAX_VALUE);
            first.join();
            connection.write(response(status, "{\"message\":\"" + text + "\"}", ofSes("x-amzn-ErrorType: " + code)));
        };
    }

    static Step resetAtOnce() {
        return Connection::reset;
    }

    static Step resetAfter(int bodyBytes) {
        return connection -> {
            connection.read(bodyBytes);
            connection.reset();
        };
    }

    /** Reads so much of the body and then no more, but keeps the connection. */
    static Step stallAfter(int bodyBytes) {
        return connection -> {
            connection.read(bodyBytes);
            connection.park();
        };
    }

    static String response(int status, String body, String... headers) {
        StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " X\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        return text + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    static String[] ofSes(String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "x-amzn-RequestId: 5e7c-1";
        all[headers.length + 1] = "Content-Type: application/json";
        return all;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                daemon(() -> serve(socket), "faulty-connection");
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Connection connection = new Connection(socket);
            while (connection.hasMore()) {
                Step step = script.poll();
                (step == null ? otherwise : step).on(connection);
            }
        } catch (IOException gone) {
            // The client has had enough.
        } finally {
            sockets.remove(socket);
        }
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
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** One connection of a client. */
    final class Connection {

        private final Socket socket;
        private final InputStream in;
        private final CountDownLatch closed = new CountDownLatch(1);

        Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream(), 4096);
        }

        boolean hasMore() throws IOException {
            if (socket.isClosed()) {
                return false;
            }
            in.mark(1);
            boolean more = in.read() >= 0;
            if (more) {
                in.reset();
            }
            return more;
        }

        Ledger ledger() {
            return ledger;
        }

        /** Says that the message was taken, and under which id. */
        void say(String... headers) throws IOException {
            String id = String.format("0102018f-%08x", ids.incrementAndGet());
            write(response(200, "{\"MessageId\":\"" + id + "\"}", ofSes(headers)));
        }

        /** Reads the request and, if it came whole, takes the message. */
        @Nullable
        String take() throws IOException {
            String body = read(Integer.MAX_VALUE);
            if (body != null) {
                take(body);
            }
            return body;
        }

        /** Takes the message of a request that was read. */
        void take(String body) {
            ledger.take(first(SUBJECT, body), first(ATTEMPT, body));
        }

        /** Reads the request without taking the message; returns its subject. */
        String readSubject() throws IOException {
            return first(SUBJECT, String.valueOf(read(Integer.MAX_VALUE)));
        }

        private static String first(Pattern pattern, String body) {
            Matcher matcher = pattern.matcher(body);
            return matcher.find() ? matcher.group(1) : "none";
        }

        /** Reads so much of the body; returns it if it is whole. */
        @Nullable
        String read(int atMost) throws IOException {
            return read(readHead(), atMost);
        }

        /** Reads the rest of a request whose headers were read. */
        void readBody(String head) throws IOException {
            read(head, Integer.MAX_VALUE);
        }

        private @Nullable String read(String head, int atMost) throws IOException {
            int length = contentLength(head);
            byte[] body = in.readNBytes(Math.min(length, atMost));
            if (body.length < length) {
                if (atMost >= length) {
                    throw new IOException("The request ended in its body.");
                }
                return null;
            }
            whole.incrementAndGet();
            firstWhole.countDown();
            return new String(body, StandardCharsets.UTF_8);
        }

        String readHead() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream(1024);
            int last4 = 0;
            while (last4 != 0x0d0a0d0a) {
                int next = in.read();
                if (next < 0) {
                    throw new IOException("The request ended in its headers.");
                }
                head.write(next);
                last4 = (last4 << 8) | next;
            }
            return head.toString(StandardCharsets.ISO_8859_1);
        }

        private static int contentLength(String head) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
                    .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                    .findFirst()
                    .orElse(0);
        }

        void write(String text) throws IOException {
            write(text.getBytes(StandardCharsets.UTF_8));
        }

        void write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        void end() throws IOException {
            socket.close();
        }

        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Waits until the client closes. */
        void awaitEnd() throws IOException {
            in.transferTo(OutputStream.nullOutputStream());
            end();
        }

        /** Reads no more; the thread ends with the test's JVM, as a server does that hangs. */
        void park() {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
