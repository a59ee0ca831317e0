package io.github.sesquill.examples;

import java.nio.file.Path;
import java.util.Collection;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with placeholders such as <code>{{name}}</code>, each for a column of the customers.
 *
 * <p>It is filled here rather than by SES, because SES does not escape what it fills in.
 */
final class Template {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

    private final String text;
    private final UnaryOperator<String> escape;

    private Template(String text, UnaryOperator<String> escape) {
        this.text = text;
        this.escape = escape;
    }

    /** Reads a template of plain text. */
    static Template text(Path file, Collection<String> columns) {
        return new Template(checked(file, columns), UnaryOperator.identity());
    }

    /** Reads a template of HTML; what is filled in stays text. */
    static Template html(Path file, Collection<String> columns) {
        return new Template(checked(file, columns), Template::escaped);
    }

    private static String checked(Path file, Collection<String> columns) {
        String text = DataFile.text(file);
        Matcher placeholder = PLACEHOLDER.matcher(text);
        while (placeholder.find()) {
            if (!columns.contains(placeholder.group(1))) {
                throw new CannotStartException("The file '" + file + "' asks for " + placeholder.group()
                        + ", and the customers have no such column; nothing was sent.");
            }
        }
        return text;
    }

    /** Fills in what the file says of a customer; once, so that a value that looks like a placeholder stays as it is. */
    String fill(Customer customer) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(escape.apply(customer.field(found.group(1)))));
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
