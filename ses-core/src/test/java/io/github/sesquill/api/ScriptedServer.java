package io.github.sesquill.api;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/**
 * A server on loopback that does to each request what it is told, byte by byte, and keeps what it was sent. Once the
 * script is used up it answers as SES does.
 */
final class ScriptedServer implements AutoCloseable {

    /** What SES answers when it takes a message. */
    static final String SENT = "{\"MessageId\":\"0100018f-id\"}";

    /** What to do with one request. */
    interface Step {
        void on(Connection connection) throws IOException;
    }

    /** A request as it came; the body may have ended early. */
    record Request(String head, String body, int bodyBytes, long contentLength) {

        boolean isComplete() {
            return bodyBytes == contentLength;
        }

        String line() {
            return head.substring(0, head.indexOf('\r'));
        }
    }

    private final ServerSocket listener;
    private final String scheme;
    private final Queue<Step> script = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger requestsBegun = new AtomicInteger();
    private final AtomicInteger completeRequests = new AtomicInteger();

    private ScriptedServer(ServerSocket listener, String scheme) {
        this.listener = listener;
        this.scheme = scheme;
        Thread acceptor = new Thread(this::accept, "scripted-server");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    static ScriptedServer start() throws IOException {
        return start(ServerSocketFactory.getDefault(), "http");
    }

    static ScriptedServer start(ServerSocketFactory sockets, String scheme) throws IOException {
        return new ScriptedServer(sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress()), scheme);
    }

    URI endpoint() {
        return endpoint("localhost");
    }

    URI endpoint(String host) {
        return URI.create(scheme + "://" + host + ':' + listener.getLocalPort());
    }

    ScriptedServer then(Step... steps) {
        script.addAll(List.of(steps));
        return this;
    }

    /** Waits for the next request to have ended, however it ended. */
    Request takeRequest() throws InterruptedException {
        Request request = requests.poll(10, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("No request came within 10 seconds.");
        }
        return request;
    }

    /** Tells how many connections were opened so far. */
    int connections() {
        return connections.get();
    }

    /** Tells how many requests began to arrive so far. */
    int requestsBegun() {
        return requestsBegun.get();
    }

    /** Tells how many requests came whole so far. */
    int completeRequests() {
        return completeRequests.get();
    }

    static Step answer(int status, String body, String... headers) {
        return connection -> {
            connection.readRequest();
            connection.write(response(status, body, headers));
        };
    }

    /** Answers as SES does, request id and all. */
    static Step ses(int status, String body, String... headers) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "x-amzn-RequestId: 5e7c-1";
        all[headers.length + 1] = "Content-Type: application/json";
        return answer(status, body, all);
    }

    /** Answers with an error of SES. */
    static Step error(int status, String code, String text, String... headers) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "x-amzn-ErrorType: " + code;
        return ses(status, "{\"message\":\"" + text + "\"}", all);
    }

    static String response(int status, String body, String... headers) {
        StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " X\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        return text + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    /** Reads the request, writes exactly this and closes. */
    static Step raw(String bytes) {
        return connection -> {
            connection.readRequest();
            connection.write(bytes);
            connection.close();
        };
    }

    /** Reads the request, writes exactly this and then says nothing until the client goes. */
    static Step thenSilence(String bytes) {
        return connection -> {
            connection.readRequest();
            connection.write(bytes);
            connection.awaitEnd();
        };
    }

    static Step silence() {
        return thenSilence("");
    }

    static Step fin() {
        return raw("");
    }

    static Step reset() {
        return connection -> {
            connection.readRequest();
            connection.reset();
        };
    }

    /** Breaks the connection before it reads anything. */
    static Step resetAtOnce() {
        return Connection::reset;
    }

    /** Reads this many bytes of the body and breaks the connection. */
    static Step resetAfter(int bodyBytes) {
        return connection -> {
            connection.readRequest(bodyBytes);
            connection.reset();
        };
    }

    /** Reads this many bytes of the body and then no more, but keeps the connection. */
    static Step stallAfter(int bodyBytes) {
        return connection -> {
            connection.readRequest(bodyBytes);
            connection.park();
        };
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                sockets.add(socket);
                Thread server = new Thread(() -> serve(socket), "scripted-connection");
                server.setDaemon(true);
                server.start();
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
                (step == null ? ses(200, SENT) : step).on(connection);
            }
        } catch (IOException gone) {
            sockets.remove(socket);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** One connection of a client. */
    final class Connection {

        private final Socket socket;
        private final InputStream in;

        Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream(), 512);
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

        Request readRequest() throws IOException {
            return readRequest(Integer.MAX_VALUE);
        }

        Request readRequest(int atMostBody) throws IOException {
            requestsBegun.incrementAndGet();
            String head = readHead();
            long length = contentLength(head);
            byte[] body = readBody((int) Math.min(length, atMostBody));
            Request request = new Request(head, new String(body, StandardCharsets.UTF_8), body.length, length);
            requests.add(request);
            if (request.isComplete()) {
                completeRequests.incrementAndGet();
            }
            return request;
        }

        private String readHead() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    throw new IOException("The request ended in its headers.");
                }
                head.write(next);
            }
            return head.toString(StandardCharsets.ISO_8859_1);
        }

        private static long contentLength(String head) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
                    .mapToLong(line -> Long.parseLong(line.substring(15).strip()))
                    .findFirst()
                    .orElse(0);
        }

        private byte[] readBody(int length) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            try {
                byte[] chunk = new byte[8192];
                while (body.size() < length) {
                    int count = in.read(chunk, 0, Math.min(chunk.length, length - body.size()));
                    if (count < 0) {
                        break;
                    }
                    body.write(chunk, 0, count);
                }
            } catch (IOException brokenOff) {
                return body.toByteArray();
            }
            return body.toByteArray();
        }

        void write(String bytes) throws IOException {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        }

        void close() throws IOException {
            socket.close();
        }

        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Waits until the client closes. */
        void awaitEnd() throws IOException {
            in.transferTo(OutputStream.nullOutputStream());
            close();
        }

        /** Waits until the server is closed, without reading. */
        void park() {
            while (!socket.isClosed()) {
                java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
    }
}
