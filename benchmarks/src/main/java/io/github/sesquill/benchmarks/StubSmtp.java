package io.github.sesquill.benchmarks;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A mail server that takes everything at once and keeps nothing, in a process of its own; before it, if asked for, a
 * network that delays every byte. Arguments: the extensions that it offers, or {@code -}, and the delay of one way in
 * milliseconds.
 */
final class StubSmtp implements AutoCloseable {

    private static final byte[] OK = ascii("250 Ok 0102018f0e1d2c3b-00000000-0000-4000-8000-000000000000-000000\r\n");
    private static final byte[] GO_AHEAD = ascii("354 Go ahead\r\n");
    private static final byte[] BYE = ascii("221 Bye\r\n");

    private final Process process;
    private final int port;

    private StubSmtp(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts one and waits until it listens. */
    static StubSmtp start(String extensions, int delayMillis) throws IOException {
        Process process = JavaProcess.of(
                        StubSmtp.class,
                        List.of("-Xmx256m", "-XX:+UseSerialGC"),
                        List.of(extensions, String.valueOf(delayMillis)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.US_ASCII);
        String port = out.readLine();
        if (port == null) {
            throw new IOException("The mail server ended before it listened; what it said is above.");
        }
        return new StubSmtp(process, Integer.parseInt(port));
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
    }

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws IOException {
        byte[] greeting = ascii(arguments[0].equals("-") ? "250 stub\r\n" : "250-stub\r\n250 " + arguments[0] + "\r\n");
        long delay = TimeUnit.MILLISECONDS.toNanos(Integer.parseInt(arguments[1]));
        ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        daemon(() -> accept(server, socket -> serve(socket, greeting)));
        ServerSocket first = server;
        if (delay > 0) {
            ServerSocket proxy = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
            daemon(() -> accept(proxy, socket -> delayed(socket, server.getLocalPort(), delay)));
            first = proxy;
        }
        System.out.println(first.getLocalPort());
        while (System.in.read() >= 0) {
            // Whoever started it is still there.
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private interface Task {
        void run() throws IOException;
    }

    private interface Service {
        void serve(Socket socket) throws IOException;
    }

    private static void accept(ServerSocket server, Service service) throws IOException {
        while (true) {
            Socket socket = server.accept();
            socket.setTcpNoDelay(true);
            daemon(() -> service.serve(socket));
        }
    }

    private static void daemon(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException e) {
                // A client that goes away is measured no more.
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void serve(Socket socket, byte[] greeting) throws IOException {
        try (socket) {
            OutputStream out = new BufferedOutputStream(socket.getOutputStream());
            LineInput in = new LineInput(socket.getInputStream(), out);
            in.answer(ascii("220 stub\r\n"));
            for (int first = in.next(); first >= 0; first = in.next()) {
                switch (first) {
                    case 'E', 'H' -> in.answer(greeting);
                    case 'D' -> {
                        in.answer(GO_AHEAD);
                        in.skipMessage();
                        in.answer(OK);
                    }
                    case 'Q' -> {
                        in.answer(BYE);
                        out.flush();
                        return;
                    }
                    default -> in.answer(OK);
                }
            }
        }
    }

    /** Lines of which only the first letter matters; answers go out together, before more is waited for (RFC 2920). */
    private static final class LineInput {

        private final InputStream in;
        private final OutputStream out;
        private final byte[] buffer = new byte[64 * 1024];
        private int at;
        private int end;

        LineInput(InputStream in, OutputStream out) {
            this.in = in;
            this.out = out;
        }

        void answer(byte[] reply) throws IOException {
            out.write(reply);
        }

        private int read() throws IOException {
            if (at == end) {
                out.flush();
                at = 0;
                end = Math.max(0, in.read(buffer));
            }
            return end == 0 ? -1 : buffer[at++];
        }

        int next() throws IOException {
            int first = read();
            int octet = first;
            while (octet >= 0 && octet != '\n') {
                octet = read();
            }
            return octet < 0 ? -1 : first;
        }

        void skipMessage() throws IOException {
            int state = 2;
            while (state < 5) {
                int octet = read();
                if (octet < 0) {
                    throw new IOException("gone in the middle of a message");
                }
                state = switch (octet) {
                    case '\r' -> state == 3 ? 4 : 1;
                    case '\n' -> state == 1 ? 2 : state == 4 ? 5 : 0;
                    case '.' -> state == 2 ? 3 : 0;
                    default -> 0;
                };
            }
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // handed from one thread to another, and never compared
    private record Chunk(byte[] bytes, long due) {}

    private static void delayed(Socket client, int port, long delay) throws IOException {
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
        server.setTcpNoDelay(true);
        carry(client, server, delay);
        carry(server, client, delay);
    }

    /** One way: what is read now is written when it is due, in order. */
    private static void carry(Socket from, Socket to, long delay) {
        BlockingQueue<Chunk> under = new LinkedBlockingQueue<>();
        daemon(() -> {
            InputStream in = from.getInputStream();
            byte[] buffer = new byte[64 * 1024];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                under.add(new Chunk(Arrays.copyOf(buffer, length), System.nanoTime() + delay));
            }
            under.add(new Chunk(new byte[0], System.nanoTime() + delay));
        });
        daemon(() -> {
            OutputStream out = to.getOutputStream();
            while (true) {
                Chunk chunk = taken(under);
                for (long left = chunk.due - System.nanoTime(); left > 0; left = chunk.due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                if (chunk.bytes.length == 0) {
                    to.close();
                    return;
                }
                out.write(chunk.bytes);
            }
        });
    }

    private static Chunk taken(BlockingQueue<Chunk> under) throws IOException {
        try {
            return under.take();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
