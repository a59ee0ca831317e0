package io.github.sesquill.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What goes wrong in an SMTP dialogue, where, and whether the server had taken the message by then. */
enum SmtpFault {
    FIN("connection ends after the message", Place.MESSAGE, true, null),
    SILENCE("no reply to the message comes", Place.MESSAGE, true, ""),
    LEAVING("421 to the message, and the end", Place.MESSAGE, false, "421 closing"),
    LOCAL_ERROR("451 to the message", Place.MESSAGE, false, "451 try again"),
    THROTTLED("454 to the message", Place.MESSAGE, false, "454 Throttling failure: Maximum sending rate exceeded."),
    WITHOUT_ID("250 without an id", Place.MESSAGE, true, "250 Ok"),
    GARBAGE("garbage after the message", Place.MESSAGE, true, "what"),
    IN_BODY("connection ends within the message", Place.BODY, false, null),
    MAIL("454 to MAIL", Place.MAIL, false, "454 Throttling failure: Maximum sending rate exceeded."),
    RCPT("550 to RCPT", Place.RCPT, false, "550 no such user"),
    BANNER("554 instead of a greeting", Place.BANNER, false, "554 go away");

    private enum Place {
        BANNER,
        MAIL,
        RCPT,
        BODY,
        MESSAGE
    }

    final String text;
    private final Place place;
    private final boolean taken;
    private final @Nullable String reply;

    SmtpFault(String text, Place place, boolean taken, @Nullable String reply) {
        this.text = text;
        this.place = place;
        this.taken = taken;
        this.reply = reply;
    }

    /** Starts a server that goes wrong like this. */
    FaultStub start(boolean lasting) throws IOException {
        return new FaultStub(lasting) {
            @Override
            void serve(Socket socket) throws IOException {
                new Dialogue(this, socket).run();
            }
        };
    }

    /** One connection. */
    private final class Dialogue {

        private final FaultStub stub;
        private final Socket socket;
        private final BufferedReader in;

        Dialogue(FaultStub stub, Socket socket) throws IOException {
            this.stub = stub;
            this.socket = socket;
            this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        }

        void run() throws IOException {
            answer(Place.BANNER, "220 stub ESMTP");
            String line = in.readLine();
            while (line != null && !socket.isClosed()) {
                command(line.toUpperCase(Locale.ROOT));
                line = socket.isClosed() ? null : in.readLine();
            }
        }

        private void command(String line) throws IOException {
            if (line.startsWith("MAIL")) {
                answer(Place.MAIL, "250 Ok");
            } else if (line.startsWith("RCPT")) {
                answer(Place.RCPT, "250 Ok");
            } else if (line.startsWith("DATA")) {
                say("354 go on");
                message();
            } else if (line.startsWith("QUIT")) {
                say("221 bye");
                socket.close();
            } else {
                say("250 Ok");
            }
        }

        private void message() throws IOException {
            if (place == Place.BODY && stub.isFaulty()) {
                socket.close();
                return;
            }
            String line = in.readLine();
            while (line != null && !line.equals(".")) {
                line = in.readLine();
            }
            if (line != null) {
                answer(Place.MESSAGE, "250 Ok 0102018f0e1d2c3b-000000");
            }
        }

        /** Goes wrong if this is the place, and otherwise as it should. */
        private void answer(Place here, String asItShould) throws IOException {
            boolean faulty = here == place && stub.isFaulty();
            if (here == Place.MESSAGE && (!faulty || taken)) {
                stub.take();
            }
            if (!faulty) {
                say(asItShould);
            } else if (reply == null) {
                socket.close();
            } else if (reply.isEmpty()) {
                FaultStub.awaitEnd(socket);
            } else {
                say(reply);
                if (reply.startsWith("421") || here == Place.BANNER) {
                    socket.close();
                }
            }
        }

        private void say(String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
    }
}
