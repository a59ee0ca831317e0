package io.github.sesquill.notifications;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * One text of JSON: the body, or a string within another text that holds JSON in turn.
 *
 * @param limits what the caller allows for
 * @param name how an error message calls it, made text only then
 * @param level 0 for the body, one more for each string within a string
 */
record TextLayer(Limits limits, Object name, int level) {

    /** The SQS body in a Lambda event and the SNS message in that are two; the others are to spare. */
    private static final int MOST_LEVELS = 4;

    static final String NOT_WELL_FORMED = "it is not well-formed JSON";
    static final String MORE_FOLLOWS = "one JSON object is expected and more follows its end";

    /** Tells a blank of JSON, or a byte order mark. */
    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\uFEFF';
    }

    TextLayer within(String innerName) {
        return new TextLayer(limits, innerName, level + 1);
    }

    void requireLevel() {
        if (level > MOST_LEVELS) {
            throw refusal("it is JSON in a string, as are " + MOST_LEVELS
                    + " texts around it; no envelope of SES does that more than twice");
        }
    }

    NotificationFormatException refusal(String why) {
        return new NotificationFormatException("Cannot read " + name + ": " + why + ".");
    }

    NotificationFormatException refusal(String why, JsonParser parser) {
        return refusal(why, parser.currentTokenLocation());
    }

    NotificationFormatException refusal(IOException e) {
        return refusal(whatAils(e), e instanceof JsonProcessingException ailing ? ailing.getLocation() : null);
    }

    /** Refuses a text that was read as these bytes, in which places were counted. */
    NotificationFormatException refusal(IOException e, String text, byte[] bytes) {
        JsonLocation where = e instanceof JsonProcessingException ailing ? ailing.getLocation() : null;
        return where == null
                ? refusal(whatAils(e))
                : refusal(whatAils(e), text, Utf8.characters(bytes, 0, (int) where.getByteOffset()));
    }

    /** Says what ails the JSON without the words of its reader, which quote the text. */
    static String whatAils(IOException e) {
        if (e instanceof StreamConstraintsException limit) {
            // These words count and do not quote.
            return "it exceeds a limit of this parser: " + limit.getOriginalMessage();
        }
        if (e instanceof JsonProcessingException) {
            return e instanceof JsonEOFException ? "it ends in the middle of the JSON" : NOT_WELL_FORMED;
        }
        throw new UncheckedIOException("a text in memory cannot fail to be read", e);
    }

    /** Refuses what begins at a place of the text. */
    NotificationFormatException refusal(String why, String text, int at) {
        int line = 1;
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0 && end < at; end = text.indexOf('\n', start)) {
            line++;
            start = end + 1;
        }
        return refusal(why, line, at - start + 1);
    }

    private NotificationFormatException refusal(String why, @Nullable JsonLocation where) {
        return where == null ? refusal(why) : refusal(why, where.getLineNr(), where.getColumnNr());
    }

    private NotificationFormatException refusal(String why, int line, int column) {
        return new NotificationFormatException(
                "Cannot read " + name + " at line " + line + ", column " + column + ": " + why + ".");
    }
}
