package io.github.sesquill.smtp;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a server offers in its answer to EHLO (RFC 5321 section 4.1.1.1). */
final class Extensions {

    static final Extensions NONE = new Extensions(List.of());

    private final Set<String> words = new HashSet<>();
    private final Set<String> mechanisms = new HashSet<>();
    private long maxSize = Long.MAX_VALUE;

    Extensions(List<String> lines) {
        // The first line is the greeting.
        lines.stream().skip(1).map(line -> line.toUpperCase(Locale.ROOT)).forEach(this::take);
    }

    private void take(String line) {
        // Some servers still say AUTH=, as a draft once had it.
        String[] fields = line.strip().replaceFirst("^AUTH=", "AUTH ").split("\\s+");
        words.add(fields[0]);
        if (fields[0].equals("AUTH")) {
            mechanisms.addAll(List.of(fields).subList(1, fields.length));
        }
        // Zero means that there is no fixed limit (RFC 1870 section 4).
        if (fields[0].equals("SIZE") && fields.length > 1 && fields[1].matches("0*[1-9][0-9]{0,17}")) {
            maxSize = Long.parseLong(fields[1]);
        }
    }

    boolean offers(String word) {
        return words.contains(word);
    }

    boolean offersAuth(String mechanism) {
        return mechanisms.contains(mechanism);
    }

    long maxSize() {
        return maxSize;
    }
}
