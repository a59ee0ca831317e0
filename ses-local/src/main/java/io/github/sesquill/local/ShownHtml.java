package io.github.sesquill.local;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The HTML of a message where it can do no harm: no script runs, no form is sent, and nothing is fetched, not even from
 * here, because inline images are put into it. Its links open elsewhere when somebody follows them.
 */
final class ShownHtml {

    /** Only images that stand in the page, and its own styles; a link may open a tab, which is then free of these rules. */
    static final String POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

    private static final String BASE = "<base target=\"_blank\">";

    /**
     * For these Chromium opens a connection before it asks the policy whether it may send a request; as elements that
     * nobody knows they are nothing.
     */
    private static final Pattern CONNECTING =
            Pattern.compile("<(/?)(link|i?frame|object|embed|portal|fencedframe)(?=[\\s/>])", Pattern.CASE_INSENSITIVE);

    private static final Pattern REFERENCE = Pattern.compile("cid:([^\"'\\s<>()]{1,500})", Pattern.CASE_INSENSITIVE);
    private static final int LARGEST_IMAGES = 10 * 1024 * 1024;
    private static final Set<String> IMAGES =
            Set.of("image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml", "image/bmp", "image/avif");

    private ShownHtml() {}

    static Reply of(String html, List<MimePart> parts) {
        byte[] bytes = (BASE + CONNECTING.matcher(withImages(html, parts)).replaceAll("<$1x-$2"))
                .getBytes(StandardCharsets.UTF_8);
        return Reply.of(200, "text/html; charset=utf-8", bytes).with("Content-Security-Policy", POLICY);
    }

    private static String withImages(String html, List<MimePart> parts) {
        Map<String, MimePart> images = new HashMap<>();
        parts.stream()
                .filter(part -> IMAGES.contains(part.type()))
                .forEach(part -> part.contentId().ifPresent(id -> images.putIfAbsent(id, part)));
        if (images.isEmpty()) {
            return html;
        }
        Map<String, String> shown = new HashMap<>();
        StringBuilder written = new StringBuilder();
        Matcher reference = REFERENCE.matcher(html);
        int room = LARGEST_IMAGES;
        while (reference.find()) {
            String id = id(reference.group(1));
            MimePart part = images.get(id);
            String url = part == null ? reference.group() : shown.computeIfAbsent(id, unseen -> data(part));
            room -= url.length();
            reference.appendReplacement(written, Matcher.quoteReplacement(room < 0 ? reference.group() : url));
        }
        return reference.appendTail(written).toString();
    }

    private static String id(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static String data(MimePart part) {
        return "data:" + part.type().toLowerCase(Locale.ROOT) + ";base64,"
                + Base64.getEncoder().encodeToString(part.bytes());
    }
}
