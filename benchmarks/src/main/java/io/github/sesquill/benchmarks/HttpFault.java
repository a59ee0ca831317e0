package io.github.sesquill.benchmarks;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** What goes wrong with a request to the API, and whether SES had taken the message by then. */
enum HttpFault {
    FIN("connection ends after the request", true),
    RESET("connection is reset after the request", true),
    SILENCE("no answer comes", true),
    INTERNAL("500", true),
    UNAVAILABLE("503", true),
    TRUNCATED("200, cut off", true),
    MALFORMED("200, malformed", true),
    WITHOUT_ID("200 without an id", true),
    GARBAGE("no HTTP comes back", true),
    CAPTIVE("200 of a proxy that wants a log-in", false),
    THROTTLED("throttled", false),
    REJECTED("rejected", false);

    /** How a SES is spoken to: version 2 in JSON, version 1 as a form that is answered in XML. */
    enum Dialect {
        V2,
        V1
    }

    final String text;
    final boolean taken;

    HttpFault(String text, boolean taken) {
        this.text = text;
        this.taken = taken;
    }

    /** Starts a SES that goes wrong like this. */
    FaultStub start(Dialect dialect, boolean lasting) throws IOException {
        return new FaultStub(lasting) {
            @Override
            void serve(Socket socket) throws IOException {
                RequestReader requests = new RequestReader(socket.getInputStream());
                while (!socket.isClosed() && requests.next()) {
                    if (!isFaulty()) {
                        take();
                        write(socket, sent(dialect));
                    } else {
                        if (taken) {
                            take();
                        }
                        goWrong(socket, dialect);
                    }
                }
            }
        };
    }

    private void goWrong(Socket socket, Dialect dialect) throws IOException {
        switch (this) {
            case FIN -> socket.close();
            case RESET -> FaultStub.reset(socket);
            case SILENCE -> FaultStub.awaitEnd(socket);
            case TRUNCATED -> {
                String answer = sent(dialect);
                write(socket, answer.substring(0, answer.length() - 20));
                socket.close();
            }
            case GARBAGE -> {
                write(socket, "\u0000\u0001 no HTTP\r\n\r\n");
                socket.close();
            }
            default -> write(socket, answer(dialect));
        }
    }

    private String answer(Dialect dialect) {
        boolean json = dialect == Dialect.V2;
        return switch (this) {
            case INTERNAL -> error(500, json ? "InternalServiceErrorException" : "InternalFailure", "x", json);
            case UNAVAILABLE -> error(503, "ServiceUnavailable", "x", json);
            case THROTTLED ->
                error(
                        json ? 429 : 400,
                        json ? "TooManyRequestsException" : "Throttling",
                        "Maximum sending rate exceeded.",
                        json);
            case REJECTED -> error(400, "MessageRejected", "x", json);
            case MALFORMED -> ofSes(200, json ? "{\"MessageId\": oops" : "<SendEmailResponse><oops", "");
            case WITHOUT_ID -> ofSes(200, json ? "{}" : "<SendEmailResponse></SendEmailResponse>", "");
            default -> response(200, "<html>log in</html>", "Content-Type: text/html\r\n");
        };
    }

    private static String sent(Dialect dialect) {
        return ofSes(
                200,
                dialect == Dialect.V2
                        ? "{\"MessageId\":\"0102018f0e1d2c3b-000000\"}"
                        : "<SendEmailResponse><SendEmailResult><MessageId>0102018f0e1d2c3b-000000</MessageId>"
                                + "</SendEmailResult></SendEmailResponse>",
                "");
    }

    private static String error(int status, String code, String text, boolean json) {
        return json
                ? ofSes(status, "{\"message\":\"" + text + "\"}", "x-amzn-ErrorType: " + code + "\r\n")
                : ofSes(
                        status,
                        "<ErrorResponse><Error><Code>" + code + "</Code><Message>" + text
                                + "</Message></Error></ErrorResponse>",
                        "");
    }

    private static String ofSes(int status, String body, String headers) {
        return response(status, body, "x-amzn-RequestId: 5e7c-1\r\n" + headers);
    }

    private static String response(int status, String body, String headers) {
        return "HTTP/1.1 " + status + " X\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
