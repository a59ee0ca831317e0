package io.github.sesquill.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The files of the inbox: these and no others, whatever a path says. */
final class Pages {

    /** The inbox runs its own script, asks its own server and frames its own messages. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private Pages() {}

    static List<Route> routes() {
        return List.of(
                page("/", "inbox.html", "text/html; charset=utf-8"),
                page("/inbox.css", "inbox.css", "text/css; charset=utf-8"),
                page("/inbox.js", "inbox.js", "text/javascript; charset=utf-8"),
                page("/icon.svg", "icon.svg", "image/svg+xml"));
    }

    private static Route page(String path, String file, String type) {
        byte[] bytes = bytes(file);
        return Route.get(path, call -> Reply.of(200, type, bytes).with("Content-Security-Policy", POLICY));
    }

    private static byte[] bytes(String file) {
        try (InputStream in = Pages.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing from this jar.");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
