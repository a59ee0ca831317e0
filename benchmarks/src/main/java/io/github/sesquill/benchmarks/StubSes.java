package io.github.sesquill.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/**
 * A SES that answers at once, or after the nanoseconds it is given, and reads nothing but lengths, so that what is measured is the client.
 *
 * <p>A program of its own, so that its CPU time is nobody's; on loopback, at a port that it prints. It ends when its
 * standard input does, as it does when whoever started it dies.
 */
final class StubSes {

    private static final byte[] SENT =
            answer("{\"MessageId\":\"0102018f0e1d2c3b-00000000-0000-4000-8000-000000000000-000000\"}");
    private static final byte[] ACCOUNT = answer("{\"ProductionAccessEnabled\":true,\"SendingEnabled\":true,"
            + "\"SendQuota\":{\"Max24HourSend\":-1.0,\"MaxSendRate\":100000.0,\"SentLast24Hours\":0.0}}");

    private StubSes() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws IOException {
        long delay = Long.parseLong(args[0]);
        ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        daemon(() -> accept(server, delay));
        System.out.println(server.getLocalPort());
        while (System.in.read() >= 0) {
            // Whoever started it is still there.
        }
    }

    private static void accept(ServerSocket server, long delay) throws IOException {
        while (true) {
            Socket socket = server.accept();
            daemon(() -> serve(socket, delay));
        }
    }

    private static void serve(Socket socket, long delay) throws IOException {
        try (socket) {
            socket.setTcpNoDelay(true);
            RequestReader requests = new RequestReader(socket.getInputStream());
            OutputStream answers = socket.getOutputStream();
            while (requests.next()) {
                pause(delay);
                answers.write(requests.isGet() ? ACCOUNT : SENT);
            }
        }
    }

    /** A wait of an unwilling kind may end early. */
    private static void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void daemon(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException e) {
                // A client that goes away in the middle of a request is measured no more.
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static byte[] answer(String json) {
        return ("HTTP/1.1 200 OK\r\nx-amzn-RequestId: 00000000-0000-4000-8000-000000000000\r\n"
                        + "Content-Type: application/json\r\nContent-Length: " + json.length() + "\r\n\r\n" + json)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
