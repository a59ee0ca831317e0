package io.github.sesquill.local;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What MAIL and RCPT say: an address in angle brackets, and parameters after it (RFC 5321, 4.1.2). */
record SmtpPath(String address, String parameters) {

    private static final Pattern PATH = Pattern.compile("\\s*<([^<>]{0,512})>((?:\\s+[!-~]{1,256}){0,10})\\s*");
    private static final Pattern SIZE = Pattern.compile("SIZE=([0-9]{1,18})");
    private static final Pattern BODY = Pattern.compile("BODY=(7BIT|8BITMIME)");
    private static final Pattern AUTH = Pattern.compile("AUTH=.+");

    static Optional<SmtpPath> parse(String keyword, String rest) {
        if (!rest.regionMatches(true, 0, keyword, 0, keyword.length())) {
            return Optional.empty();
        }
        Matcher path = PATH.matcher(rest.substring(keyword.length()));
        return path.matches()
                ? Optional.of(new SmtpPath(path.group(1), path.group(2).strip().toUpperCase(Locale.ROOT)))
                : Optional.empty();
    }

    boolean hasParameters() {
        return !parameters.isEmpty();
    }

    /** Returns the declared size; 0 if there is none. */
    long size() {
        Matcher size = SIZE.matcher(parameters);
        return size.find() ? Long.parseLong(size.group(1)) : 0;
    }

    /** Returns the first parameter that was not announced, such as SMTPUTF8. */
    Optional<String> unknownParameter() {
        for (String parameter : parameters.split("\\s+", -1)) {
            boolean known = parameter.isEmpty()
                    || SIZE.matcher(parameter).matches()
                    || BODY.matcher(parameter).matches()
                    || AUTH.matcher(parameter).matches();
            if (!known) {
                return Optional.of(parameter);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "SmtpPath";
    }
}
