package io.github.sesquill.smtp;

import io.github.sesquill.transport.SendOutcome;
import io.github.sesquill.transport.SendOutcome.NotSent;
import io.github.sesquill.transport.SendOutcome.Reason;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * How a connection is made ready: connected, secured, greeted and authenticated, each of which fails closed. Neither a
 * credential nor an address leaves before TLS stands with a server of the right name.
 */
record Opening(
        Endpoint endpoint,
        @Nullable SmtpCredentials credentials,
        @Nullable SSLContext tls,
        @Nullable String ehloName,
        SmtpTimeouts timeouts,
        Supplier<Socket> sockets,
        InstantSource time) {

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /** Opens a connection for an exchange, which can break it off at any time. */
    Connection open(Exchange exchange, Watch watch, long now) throws NotOpenedException {
        Wire wire = null;
        try {
            wire = connected(exchange, watch);
            Connection ready = ready(wire, now);
            wire = null;
            return ready;
        } catch (IOException e) {
            throw new NotOpenedException(Refusals.broken("before the message was begun", e));
        } finally {
            if (wire != null) {
                watch.forget(wire);
                wire.abort();
            }
        }
    }

    /** Tries the addresses of the host one after the other; the first that a connection can be made to is the one. */
    private Wire connected(Exchange exchange, Watch watch) throws IOException, NotOpenedException {
        IOException failure = new UnknownHostException(endpoint.host());
        for (InetAddress address : InetAddress.getAllByName(endpoint.host())) {
            if (endpoint.security() == Endpoint.Security.LOOPBACK && !address.isLoopbackAddress()) {
                throw refused(
                        Reason.TLS,
                        "Without TLS only this machine is spoken to, and '" + endpoint.host() + "' is another.");
            }
            Wire wire = new Wire(sockets.get(), timeouts);
            watch.over(wire);
            exchange.goesOver(wire);
            try {
                wire.connect(new InetSocketAddress(address, endpoint.port()));
                return wire;
            } catch (IOException e) {
                failure = e;
                watch.forget(wire);
                wire.abort();
                if (exchange.isGivenUp()) {
                    break;
                }
            }
        }
        throw failure;
    }

    private Connection ready(Wire wire, long now) throws IOException, NotOpenedException {
        if (endpoint.security() == Endpoint.Security.IMPLICIT_TLS) {
            secure(wire);
        }
        expectBanner(wire.reply());
        Extensions extensions = greet(wire);
        if (endpoint.security() == Endpoint.Security.STARTTLS) {
            startTls(wire, extensions);
            extensions = greet(wire);
        }
        authenticate(wire, extensions);
        return new Connection(wire, extensions, now);
    }

    private void secure(Wire wire) throws IOException {
        SSLSocket socket = (SSLSocket)
                context().getSocketFactory().createSocket(wire.socket(), endpoint.host(), endpoint.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(Stream.of(PROTOCOLS)
                .filter(protocol -> Stream.of(socket.getSupportedProtocols()).anyMatch(protocol::equals))
                .toArray(String[]::new));
        socket.setSSLParameters(parameters);
        wire.secure(socket);
    }

    private SSLContext context() throws IOException {
        try {
            return tls == null ? SSLContext.getDefault() : tls;
        } catch (NoSuchAlgorithmException e) {
            throw new SSLException("This Java has no TLS.", e);
        }
    }

    private void expectBanner(Reply banner) throws NotOpenedException {
        if (banner.code() != 220) {
            throw notOpened("a connection", banner);
        }
    }

    private Extensions greet(Wire wire) throws IOException, NotOpenedException {
        Reply reply = wire.ask("EHLO " + (ehloName == null ? addressLiteral(wire) : ehloName));
        if (reply.code() == 250) {
            return new Extensions(reply.lines());
        }
        if (reply.isPermanent()) {
            throw refused(
                    Reason.PROTOCOL,
                    "The server refuses EHLO with " + reply.quoted() + ", and without it there is no authentication.");
        }
        throw notOpened("EHLO", reply);
    }

    /** The address stands for a name that would have to be looked up (RFC 5321 section 4.1.3). */
    private static String addressLiteral(Wire wire) {
        InetAddress local = wire.socket().getLocalAddress();
        String address = local.getHostAddress();
        int zone = address.indexOf('%');
        String bare = zone < 0 ? address : address.substring(0, zone);
        return local instanceof Inet6Address ? "[IPv6:" + bare + ']' : '[' + bare + ']';
    }

    private void startTls(Wire wire, Extensions extensions) throws IOException, NotOpenedException {
        if (!extensions.offers("STARTTLS")) {
            throw refused(Reason.TLS, "The server does not offer STARTTLS, and nothing is sent in clear.");
        }
        Reply reply = wire.ask("STARTTLS");
        if (reply.code() != 220) {
            if (reply.isLeaving() || !(reply.isTemporary() || reply.isPermanent())) {
                throw notOpened("STARTTLS", reply);
            }
            NotSent refused = SendOutcome.notSent(
                            Reason.TLS, "The server refuses STARTTLS with " + reply.quoted() + '.')
                    .code(reply.codes());
            throw new NotOpenedException(reply.isTemporary() ? refused.retryable(null) : refused);
        }
        if (wire.holdsMore()) {
            throw refused(
                    Reason.TLS,
                    "Something was sent in clear after STARTTLS was agreed on; somebody on the way may have put it there.");
        }
        secure(wire);
    }

    private void authenticate(Wire wire, Extensions extensions) throws IOException, NotOpenedException {
        if (credentials == null) {
            return;
        }
        String name = credentials.username();
        String password = credentials.password(endpoint.region());
        Reply reply;
        if (extensions.offersAuth("PLAIN")) {
            reply = wire.ask("AUTH PLAIN " + base64('\0' + name + '\0' + password));
        } else if (extensions.offersAuth("LOGIN")) {
            reply = wire.ask("AUTH LOGIN " + base64(name));
            reply = reply.code() == 334 ? wire.ask(base64(password)) : reply;
        } else {
            throw refused(
                    Reason.AUTHENTICATION,
                    "The server offers neither AUTH PLAIN nor AUTH LOGIN, and nothing is sent unauthenticated.");
        }
        if (reply.code() != 235) {
            throw unauthenticated(reply);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private NotOpenedException unauthenticated(Reply reply) {
        return reply.isPermanent()
                ? new NotOpenedException(SendOutcome.notSent(
                                Reason.AUTHENTICATION, "The server refuses the credentials: " + reply.text())
                        .code(reply.codes()))
                : notOpened("AUTH", reply);
    }

    private NotOpenedException notOpened(String to, Reply reply) {
        Instant now = time.instant();
        boolean refusal = reply.isTemporary() || reply.isPermanent();
        return new NotOpenedException(
                refusal ? Refusals.judge(reply, now) : Refusals.outOfPlace(to, reply), reply.isLeaving());
    }

    private static NotOpenedException refused(Reason reason, String detail) {
        return new NotOpenedException(SendOutcome.notSent(reason, detail));
    }
}
