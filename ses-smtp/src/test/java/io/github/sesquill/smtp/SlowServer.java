package io.github.sesquill.smtp;

import io.github.sesquill.smtp.ScriptedSmtp.Peer;
import io.github.sesquill.smtp.ScriptedSmtp.Step;
import java.io.FilterInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What makes a server slow without a clock: it goes on once the client has done all that it can, and not before. */
final class SlowServer {

    /** Less than a message holds by far, so that its writer comes to stand. */
    private static final int BUFFER = 64 * 1024;

    private final List<CountedSocket> clients = new CopyOnWriteArrayList<>();
    private final AtomicInteger stops = new AtomicInteger();

    /** Makes a socket for a client of this server. */
    Socket newSocket() {
        CountedSocket socket = new CountedSocket();
        clients.add(socket);
        return socket;
    }

    /** Writes the good reply byte by byte, the next when the client has read the last. */
    Step answering() {
        return (peer, good) -> {
            CountedSocket client = clientOf(peer);
            peer.said = good;
            for (byte octet : (good + "\r\n").getBytes(StandardCharsets.US_ASCII)) {
                peer.write(new byte[] {octet});
                client.awaitRead(peer.plain.written());
            }
        };
    }

    /** Stops reading so many times until the client can write no more, then reads on as it comes. */
    Step reading(int times) {
        return (peer, good) -> {
            CountedSocket client = clientOf(peer);
            client.setSendBufferSize(BUFFER);
            peer.plain.setReceiveBufferSize(BUFFER);
            peer.in = new FilterInputStream(peer.in) {
                private long stopAt;

                @Override
                public int read() throws IOException {
                    stop();
                    return in.read();
                }

                @Override
                public int read(byte[] bytes, int from, int length) throws IOException {
                    stop();
                    return in.read(bytes, from, length);
                }

                private void stop() throws IOException {
                    if (stops.get() < times && peer.plain.read() > stopAt) {
                        client.awaitBlockedWriter();
                        // Once more has come than it had tried to write, it was blocked no longer.
                        stopAt = client.written();
                        stops.incrementAndGet();
                    }
                }
            };
        };
    }

    /** Returns how often it stopped reading until the client was blocked. */
    int stops() {
        return stops.get();
    }

    /** A connection is accepted before its client knows its own port. */
    private CountedSocket clientOf(Peer peer) throws SocketException {
        while (!peer.plain.isClosed()) {
            for (CountedSocket client : clients) {
                if (client.getLocalPort() == peer.plain.getPort()) {
                    return client;
                }
            }
            Thread.onSpinWait();
        }
        throw new SocketException("nobody is there");
    }
}
