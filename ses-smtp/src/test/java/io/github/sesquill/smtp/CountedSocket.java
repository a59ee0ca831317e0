package io.github.sesquill.smtp;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A socket that knows how much was read from it and written to it, so that nobody has to guess what its owner has seen. */
final class CountedSocket extends Socket {

    private final Object lock = new Object();
    private long read;
    private long written;
    private @Nullable Thread writer;

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                int octet = in.read();
                count(octet < 0 ? 0 : 1);
                return octet;
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                int some = in.read(bytes, from, length);
                count(Math.max(0, some));
                return some;
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                begin(length);
                try {
                    out.write(bytes, from, length);
                } finally {
                    end();
                }
            }
        };
    }

    private void count(int some) {
        synchronized (lock) {
            read += some;
            lock.notifyAll();
        }
    }

    private void begin(int length) {
        synchronized (lock) {
            written += length;
            writer = Thread.currentThread();
        }
    }

    private void end() {
        synchronized (lock) {
            writer = null;
        }
    }

    long read() {
        synchronized (lock) {
            return read;
        }
    }

    /** Returns how much was given to it to write, whether or not it could. */
    long written() {
        synchronized (lock) {
            return written;
        }
    }

    /** Waits until so much was read from it. */
    void awaitRead(long bytes) throws IOException {
        synchronized (lock) {
            try {
                while (read < bytes) {
                    checkOpen();
                    lock.wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }

    /** Waits until whoever writes to it cannot go on. */
    void awaitBlockedWriter() throws IOException {
        while (!isWriterBlocked()) {
            checkOpen();
            Thread.onSpinWait();
        }
    }

    /** A thread that waits for room in the buffers of the system counts as running; its stack shows where it waits. */
    private boolean isWriterBlocked() {
        Thread thread;
        synchronized (lock) {
            thread = writer;
        }
        return thread != null
                && Stream.of(thread.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals("sun.nio.ch.NioSocketImpl")
                                && frame.getMethodName().equals("park"));
    }

    private void checkOpen() throws SocketException {
        if (isClosed()) {
            throw new SocketException("its owner went");
        }
    }

    @Override
    public synchronized void close() throws IOException {
        super.close();
        synchronized (lock) {
            lock.notifyAll();
        }
    }
}
