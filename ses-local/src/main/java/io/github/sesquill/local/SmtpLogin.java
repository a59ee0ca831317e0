package io.github.sesquill.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Asks for user and password by PLAIN (RFC 4616) or LOGIN. */
final class SmtpLogin {

    private static final String USERNAME = "334 VXNlcm5hbWU6";
    private static final String PASSWORD = "334 UGFzc3dvcmQ6";

    private final SmtpLines lines;
    private String problem = "501 Syntax: AUTH PLAIN or AUTH LOGIN";

    SmtpLogin(SmtpLines lines) {
        this.lines = lines;
    }

    /** What the client claims. */
    record Given(String user, String password) {

        @Override
        public String toString() {
            return "Given";
        }
    }

    /** Says what was wrong if nothing was given. */
    String problem() {
        return problem;
    }

    Optional<Given> ask(String rest) throws IOException {
        String[] words = rest.split(" +", 2);
        String initial = words.length > 1 ? words[1] : "";
        return switch (words[0].toUpperCase(Locale.ROOT)) {
            case "PLAIN" -> plain(initial.isEmpty() ? answer("334 ") : initial);
            case "LOGIN" -> login(initial.isEmpty() ? answer(USERNAME) : initial);
            default -> refused("504 Unrecognized authentication type");
        };
    }

    private Optional<Given> plain(String response) {
        return decoded(response).flatMap(text -> {
            String[] parts = text.split("\0", -1);
            return parts.length == 3
                    ? Optional.of(new Given(parts[1], parts[2]))
                    : refused("501 Syntax: an authorization, a user and a password");
        });
    }

    private Optional<Given> login(String user) throws IOException {
        Optional<String> name = decoded(user);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        return decoded(answer(PASSWORD)).map(password -> new Given(name.get(), password));
    }

    private String answer(String question) throws IOException {
        lines.write(question);
        return lines.read();
    }

    private Optional<String> decoded(String text) {
        if (text.equals("*")) {
            problem = "501 Authentication cancelled";
            return Optional.empty();
        }
        try {
            return Optional.of(new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            problem = "501 Cannot decode the response as base64";
            return Optional.empty();
        }
    }

    private Optional<Given> refused(String why) {
        problem = why;
        return Optional.empty();
    }
}
