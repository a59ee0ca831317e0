package io.github.sesquill.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A connection's bytes: commands out through one buffer, replies in, each within its time. Used by one thread at a time;
 * {@link #abort()} and {@link #look} by any.
 */
final class Wire {

    private static final int BUFFER = 16 * 1024;

    private final Socket socket;
    private final SmtpTimeouts timeouts;
    private final byte[] buffer = new byte[BUFFER];
    private int used;
    private Socket spoken;
    private ReplyReader replies;
    private OutputStream out;
    private volatile long deadline;
    private volatile long blockedUntil;
    private final ReentrantLock userLock = new ReentrantLock();
    private @Nullable Thread user;
    private volatile @Nullable String whyAborted;

    /** Prepares a connection; {@link #connect} makes it. */
    Wire(Socket socket, SmtpTimeouts timeouts) {
        this.socket = socket;
        this.spoken = socket;
        this.timeouts = timeouts;
        this.replies = new ReplyReader(InputStream.nullInputStream());
        this.out = OutputStream.nullOutputStream();
    }

    /** Says until when, in nanoseconds of the system, everything must be done that now begins on this thread. */
    void begin(long nanos) {
        deadline = nanos;
        isUsedBy(Thread.currentThread());
    }

    /** Says that nothing is under way. */
    void end() {
        isUsedBy(null);
    }

    private void isUsedBy(@Nullable Thread thread) {
        userLock.lock();
        try {
            user = thread;
        } finally {
            userLock.unlock();
        }
    }

    void connect(InetSocketAddress address) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        socket.connect(address, millisLeft(timeouts.connect()));
        speakThrough(socket);
    }

    private void speakThrough(Socket through) throws IOException {
        spoken = through;
        replies = new ReplyReader(through.getInputStream());
        out = through.getOutputStream();
    }

    Socket socket() {
        return socket;
    }

    /** Goes on in TLS; whatever was buffered in clear must be gone before. */
    void secure(SSLSocket secured) throws IOException {
        secured.setSoTimeout(millisLeft(timeouts.connect()));
        long limit = timeouts.connect().toNanos();
        blocked(limit, secured::startHandshake);
        speakThrough(secured);
    }

    /** Tells whether something has arrived that nobody asked for. */
    boolean holdsMore() throws IOException {
        return replies.holdsMore() || spoken.getInputStream().available() > 0;
    }

    /** Buffers a command, which must be ASCII without line breaks: the last check of what goes to the server. */
    Wire command(String command) throws IOException {
        byte[] bytes = command.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < bytes.length; i++) {
            if (command.charAt(i) < ' ' || command.charAt(i) >= 0x7f) {
                throw new IllegalStateException("A command would hold the character " + (int) command.charAt(i) + '.');
            }
        }
        write(bytes, 0, bytes.length);
        write('\r');
        write('\n');
        return this;
    }

    Reply ask(String command) throws IOException {
        command(command).flush();
        return reply();
    }

    /** Asks what any server that lives answers at once. */
    boolean agrees(String command) throws IOException {
        command(command).flush();
        return reply(timeouts.connect()).code() == 250;
    }

    void write(int octet) throws IOException {
        if (used == buffer.length) {
            flush();
        }
        buffer[used++] = (byte) octet;
    }

    void write(byte[] bytes, int from, int length) throws IOException {
        int at = from;
        int left = length;
        while (left > 0) {
            if (used == buffer.length) {
                flush();
            }
            int some = Math.min(left, buffer.length - used);
            System.arraycopy(bytes, at, buffer, used, some);
            used += some;
            at += some;
            left -= some;
        }
    }

    /** Returns where a message is written to; flushing and closing it do nothing. */
    OutputStream stream() {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                Wire.this.write(octet);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                Wire.this.write(bytes, from, length);
            }
        };
    }

    void flush() throws IOException {
        int length = used;
        used = 0;
        if (length > 0) {
            blocked(timeouts.write().toNanos(), () -> {
                out.write(buffer, 0, length);
                out.flush();
            });
        }
    }

    /** Java's sockets know no timeout for writing: the watch closes this one when it takes too long. */
    private void blocked(long nanos, BlockingStep step) throws IOException {
        long now = System.nanoTime();
        blockedUntil = now + Math.min(nanos, Math.max(1, deadline - now));
        try {
            step.run();
        } catch (IOException e) {
            throw whyAborted == null ? e : new IOException(whyAborted, e);
        } finally {
            blockedUntil = 0;
        }
    }

    /** Reads a reply: all of it within the read timeout. */
    Reply reply() throws IOException {
        return reply(timeouts.read());
    }

    private Reply reply(Duration atMost) throws IOException {
        long until = System.nanoTime() + atMost.toNanos();
        try {
            return replies.read(() -> spoken.setSoTimeout(millisLeft(Duration.ofNanos(until - System.nanoTime()))));
        } catch (IOException e) {
            throw whyAborted == null ? e : new IOException(whyAborted, e);
        }
    }

    private int millisLeft(Duration limit) throws SocketTimeoutException {
        long nanos = Math.min(limit.toNanos(), deadline - System.nanoTime());
        if (nanos <= 0) {
            throw new SocketTimeoutException("the time was up");
        }
        return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    /**
     * Looks, from another thread, whether it has been blocked for too long or its user was interrupted. Its user stays the
     * same meanwhile: the interrupt of one must not hit the message of the next.
     */
    void look(long now) {
        userLock.lock();
        try {
            long until = blockedUntil;
            if (until != 0 && now - until > 0) {
                abort("the server took nothing for too long");
            } else if (user != null && user.isInterrupted()) {
                abort("its thread was interrupted");
            }
        } finally {
            userLock.unlock();
        }
    }

    /** Closes it at once and without a word, from any thread; nothing more goes out. */
    void abort(String why) {
        if (whyAborted == null) {
            whyAborted = why;
        }
        abort();
    }

    void abort() {
        try {
            // Not the TLS socket: closing that one would wait for whoever is writing.
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    /** Takes leave without waiting for the answer. */
    void quit(long until) {
        try {
            begin(until);
            command("QUIT").flush();
        } catch (IOException e) {
            // It was dead already.
        } finally {
            end();
            abort();
        }
    }

    @FunctionalInterface
    private interface BlockingStep {

        void run() throws IOException;
    }
}
