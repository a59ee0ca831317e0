package io.github.sesquill.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sesquill.test.engine.Refusal;
import io.github.sesquill.test.engine.RefusalException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The SES v2 API over HTTP (protocol {@code restJson1} of AWS). Every operation has its route, those that are not built
 * too: they say their name. Signatures are not checked.
 */
final class Api {

    /** Answers an operation. */
    interface Answerer {

        JsonNode answer(Call call) throws IOException;
    }

    /** 40 MB in base64, in JSON. */
    private static final int LARGEST_MESSAGE = 60 * 1024 * 1024;

    private static final int LARGEST = 1024 * 1024;

    private final Map<String, Answerer> built = new HashMap<>();

    Api add(String operation, Answerer answerer) {
        built.put(operation, answerer);
        return this;
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        for (String line : operations()) {
            String[] words = line.split(" ", 3);
            String name = words[2];
            int limit = name.equals("SendEmail") || name.equals("SendBulkEmail") ? LARGEST_MESSAGE : LARGEST;
            routes.add(Route.of(words[0], words[1], limit, call -> answer(name, call)));
        }
        routes.add(
                Route.of(
                        "POST",
                        "/",
                        LARGEST,
                        call -> error(
                                400,
                                "UnknownOperationException",
                                "This speaks version 2 of the API, under /v2/email; version 1 with its queries and XML it does not.")));
        return routes;
    }

    /** Reads what AWS has: method, path and name of each operation of version 2. */
    private static List<String> operations() {
        try (InputStream in = Api.class.getResourceAsStream("operations.txt")) {
            if (in == null) {
                throw new IllegalStateException("operations.txt is missing from this jar.");
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Reply answer(String operation, Call call) throws IOException {
        Answerer answerer = built.get(operation);
        if (answerer == null) {
            return error(501, "NotImplementedException", operation + " is not built into this local SES.");
        }
        try {
            return identified(Reply.ok(answerer.answer(call)));
        } catch (RefusalException e) {
            return refused(e.refusal());
        } catch (ApiRefusalException e) {
            return refused(e.refusal());
        } catch (ProblemException e) {
            return error(e.status(), e.status() == 404 ? "NotFoundException" : "BadRequestException", e.sentence());
        } catch (IllegalArgumentException e) {
            return error(400, "BadRequestException", String.valueOf(e.getMessage()));
        }
    }

    private static Reply refused(Refusal refusal) {
        return error(refusal.httpStatus(), refusal.code(), refusal.text());
    }

    private static Reply error(int status, String type, String sentence) {
        return identified(Reply.problem(status, sentence).with("x-amzn-ErrorType", type));
    }

    private static Reply identified(Reply reply) {
        return reply.with("x-amzn-RequestId", UUID.randomUUID().toString());
    }
}
