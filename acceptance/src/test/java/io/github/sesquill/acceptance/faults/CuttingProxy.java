package io.github.sesquill.acceptance.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** Stands between a client and a server and ends their connection after a byte of one direction, once. */
final class CuttingProxy implements AutoCloseable {

    enum Direction {
        TO_SERVER,
        TO_CLIENT
    }

    private static final long NEVER = Long.MAX_VALUE;

    private final int target;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicInteger untilRefused = new AtomicInteger();
    private final AtomicLong toServer = new AtomicLong();
    private final AtomicLong toClient = new AtomicLong();
    private Direction direction = Direction.TO_SERVER;
    private long left = NEVER;
    private volatile boolean reset;

    private CuttingProxy(int target, ServerSocket listener) {
        this.target = target;
        this.listener = listener;
        daemon(this::accept, "cutting-proxy");
    }

    static CuttingProxy to(int port) throws IOException {
        return new CuttingProxy(port, new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Ends the next connection that carries a byte more than this in that direction, all connections together. */
    void cutAfter(Direction which, long bytes) {
        lock.lock();
        try {
            direction = which;
            left = bytes;
            reset = bytes % 2 == 0;
            toServer.set(0);
            toClient.set(0);
        } finally {
            lock.unlock();
        }
    }

    /** Only counts from now on. */
    void cutNever() {
        cutAfter(Direction.TO_SERVER, NEVER);
    }

    /** Ends the n-th connection from now on before a byte of it. */
    void refuse(int nth) {
        untilRefused.set(nth);
    }

    /** Returns how many bytes went that way since the last call of {@link #cutAfter}. */
    long carried(Direction which) {
        return (which == Direction.TO_SERVER ? toServer : toClient).get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (untilRefused.decrementAndGet() == 0) {
                    client.close();
                    continue;
                }
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(server);
                daemon(() -> pump(client, server, Direction.TO_SERVER), "proxy-to-server");
                daemon(() -> pump(server, client, Direction.TO_CLIENT), "proxy-to-client");
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void pump(Socket from, Socket to, Direction which) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            int count = in.read(buffer);
            while (count >= 0) {
                int allowed = allowed(which, count);
                out.write(buffer, 0, allowed);
                if (allowed < count) {
                    if (reset) {
                        from.setSoLinger(true, 0);
                        to.setSoLinger(true, 0);
                    }
                    return;
                }
                count = in.read(buffer);
            }
        } catch (IOException gone) {
            // One of them has had enough.
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    /** Says how many of these bytes may pass; fewer than all of them is the cut, which is made once. */
    private int allowed(Direction which, int count) {
        (which == Direction.TO_SERVER ? toServer : toClient).addAndGet(count);
        lock.lock();
        try {
            if (which != direction || left == NEVER) {
                return count;
            }
            int allowed = (int) Math.min(left, count);
            left = allowed < count ? NEVER : left - count;
            return allowed;
        } finally {
            lock.unlock();
        }
    }

    private static void daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
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
