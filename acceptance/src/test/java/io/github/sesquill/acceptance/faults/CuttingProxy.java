package io.github.sesquill.acceptance.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a server and ends their connection after a byte of one direction, once, or is not there
 * when one wants to connect. It says what it did: a proxy that cuts nothing would show nothing.
 */
final class CuttingProxy implements AutoCloseable {

    enum Direction {
        TO_SERVER,
        TO_CLIENT
    }

    private static final long NEVER = Long.MAX_VALUE;

    private final int target;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Direction, Long> carried = new EnumMap<>(Direction.class);
    private final Map<Direction, Long> beforeStretch = new EnumMap<>(Direction.class);
    private final AtomicInteger untilEnded = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger untilAbsent = new AtomicInteger();
    private volatile ServerSocket listener;
    private Direction direction = Direction.TO_SERVER;
    private @Nullable Direction spoke;
    private long left = NEVER;
    private boolean cut;
    private volatile boolean reset;

    private CuttingProxy(int target) throws IOException {
        this.target = target;
        this.listener = listen(0);
        this.port = listener.getLocalPort();
        cutNever();
    }

    static CuttingProxy to(int port) throws IOException {
        return new CuttingProxy(port);
    }

    private ServerSocket listen(int at) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        // So little that what a client writes stays with the client, unless it is read.
        socket.setReceiveBufferSize(16 * 1024);
        socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), at), 100);
        daemon(() -> accept(socket), "cutting-proxy");
        return socket;
    }

    int port() {
        return port;
    }

    /** Ends the next connection that carries a byte more than this in that direction, all connections together. */
    void cutAfter(Direction which, long bytes) {
        lock.lock();
        try {
            direction = which;
            left = bytes;
            reset = bytes % 2 == 0;
            cut = false;
            spoke = null;
            for (Direction each : Direction.values()) {
                carried.put(each, 0L);
                beforeStretch.put(each, 0L);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Only counts from now on. */
    void cutNever() {
        cutAfter(Direction.TO_SERVER, NEVER);
    }

    /** Tells whether the cut that was last asked for was made. */
    boolean hasCut() {
        lock.lock();
        try {
            return cut;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the n-th connection from now on before a byte of it. */
    void endAtOnce(int nth) {
        untilEnded.set(nth);
    }

    /** Returns how many connections were ended before a byte of them. */
    int endedAtOnce() {
        return ended.get();
    }

    /** Tells whether what comes next may be cut, or the next connection be ended. */
    boolean isAboutToCut() {
        lock.lock();
        try {
            return left != NEVER || untilEnded.get() == 1;
        } finally {
            lock.unlock();
        }
    }

    /** Has nobody listen when the n-th connection from now on is asked for, until {@link #listenAgain}. */
    void refuse(int nth) throws IOException {
        untilAbsent.set(nth);
        if (untilAbsent.decrementAndGet() == 0) {
            listener.close();
        }
    }

    /** Tells whether nobody listens, so that a connection is refused. */
    boolean isAbsent() {
        return listener.isClosed();
    }

    void listenAgain() throws IOException {
        listener = listen(port);
    }

    /** Returns how many bytes went that way since the last call of {@link #cutAfter}. */
    long carried(Direction which) {
        lock.lock();
        try {
            return carried.getOrDefault(which, 0L);
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many of them went before that side's last word, which is all it said since the other last spoke. */
    long carriedBeforeTheLastWord(Direction which) {
        lock.lock();
        try {
            return beforeStretch.getOrDefault(which, 0L);
        } finally {
            lock.unlock();
        }
    }

    private void accept(ServerSocket at) {
        while (!at.isClosed()) {
            try {
                Socket client = at.accept();
                if (untilEnded.decrementAndGet() == 0) {
                    ended.incrementAndGet();
                    client.close();
                    continue;
                }
                if (untilAbsent.decrementAndGet() == 0) {
                    // Before a byte of this one passes, so before the next is asked for.
                    at.close();
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
        lock.lock();
        try {
            if (spoke != which) {
                spoke = which;
                beforeStretch.put(which, carried.getOrDefault(which, 0L));
            }
            carried.merge(which, (long) count, Long::sum);
            if (which != direction || left == NEVER) {
                return count;
            }
            int allowed = (int) Math.min(left, count);
            cut = allowed < count;
            left = cut ? NEVER : left - count;
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
