package io.github.sesquill.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Waits at a port and gives each connection a thread of its own, up to a limit; further ones are turned away. */
final class Listener implements AutoCloseable {

    /** What is said on a connection. */
    interface Conversation {

        /** Talks until one side has had enough; the socket is closed afterwards. */
        void hold(Socket socket) throws IOException;

        /** Says that too many are talking already. */
        void turnAway(Socket socket) throws IOException;
    }

    private static final int BACKLOG = 128;
    private static final int CONNECTIONS = 128;
    /** After an accept that failed, such as for want of file descriptors: long enough not to spin. */
    private static final long PAUSE_MILLIS = 100;

    private final String name;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicLong count = new AtomicLong();

    private Listener(String name, ServerSocket server) {
        this.name = name;
        this.server = server;
    }

    /**
     * Opens a port, where connections wait until somebody {@linkplain #serve serves} them.
     *
     * @param port 0 for one that is free
     * @throws UncheckedIOException if the port is taken
     */
    static Listener at(InetAddress address, int port, String name) {
        return new Listener(name, bound(address, port, name));
    }

    /** Begins to talk to those who connect. */
    void serve(Conversation conversation) {
        thread(() -> accept(conversation), "port").start();
    }

    private static ServerSocket bound(InetAddress address, int port, String name) {
        try {
            ServerSocket server = new ServerSocket();
            try {
                server.bind(new InetSocketAddress(address, port), BACKLOG);
                return server;
            } catch (IOException e) {
                server.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The port " + port + " for " + name + " cannot be opened on " + address.getHostAddress()
                            + "; is it in use? Port 0 takes one that is free.",
                    e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    private Thread thread(Runnable work, String what) {
        Thread thread = new Thread(work, "ses-local-" + name + '-' + what);
        thread.setDaemon(true);
        return thread;
    }

    private void accept(Conversation conversation) {
        while (!server.isClosed()) {
            try {
                admit(server.accept(), conversation);
            } catch (IOException | OutOfMemoryError e) {
                if (paused()) {
                    return;
                }
            }
        }
    }

    /** Tells whether it was closed meanwhile. */
    private boolean paused() {
        try {
            return closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void admit(Socket socket, Conversation conversation) throws IOException {
        if (open.size() >= CONNECTIONS) {
            try (socket) {
                conversation.turnAway(socket);
            }
            return;
        }
        open.add(socket);
        if (server.isClosed()) {
            end(socket);
            return;
        }
        try {
            thread(() -> hold(socket, conversation), Long.toString(count.incrementAndGet()))
                    .start();
        } catch (OutOfMemoryError e) {
            end(socket);
            throw e;
        }
    }

    private void hold(Socket socket, Conversation conversation) {
        try {
            socket.setTcpNoDelay(true);
            conversation.hold(socket);
        } catch (IOException e) {
            // The other side has gone, which is its right.
        } finally {
            end(socket);
        }
    }

    private void end(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed.
        }
    }

    /** Closes the port and all connections. */
    @Override
    public void close() {
        closed.countDown();
        try {
            server.close();
        } catch (IOException e) {
            // It is closed.
        }
        open.forEach(this::end);
    }
}
