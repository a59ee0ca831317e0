package io.github.sesquill.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on loopback that goes wrong with the first message, or with all, and counts those that it took. */
abstract class FaultStub implements AutoCloseable {

    private final ServerSocket listener;
    private final boolean lasting;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger faults = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();

    /** Listens at once; a fault that does not last happens to the first message alone. */
    FaultStub(boolean lasting) throws IOException {
        this.lasting = lasting;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Returns how often the message was taken. */
    int taken() {
        return taken.get();
    }

    final void take() {
        taken.incrementAndGet();
    }

    /** Tells whether the fault happens now. */
    final boolean isFaulty() {
        return faults.getAndIncrement() == 0 || lasting;
    }

    /** Serves a connection until it ends. */
    abstract void serve(Socket socket) throws IOException;

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                daemon(() -> serveToTheEnd(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serveToTheEnd(Socket socket) {
        try (socket) {
            serve(socket);
        } catch (IOException gone) {
            sockets.remove(socket);
        }
    }

    /** Ends a connection with a reset. */
    static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Waits until the client goes. */
    static void awaitEnd(Socket socket) throws IOException {
        while (socket.getInputStream().read() >= 0) {
            // What it says is of no interest any more.
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "fault-stub");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
