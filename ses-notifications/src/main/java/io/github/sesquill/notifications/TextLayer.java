package io.github.sesquill.notifications;

import com.fasterxml.jackson.core.JsonFactory;
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
 * @param json makes parsers with the limits of the caller
 * @param text the text, for {@code raw()} and for the positions of objects in it
 * @param name how an error message calls it
 * @param level 0 for the body, one more for each string within a string
 */
record TextLayer(JsonFactory json, RawText text, String name, int level) {

    /** Lambda event, SQS body, SNS message, EventBridge event, and one to spare. */
    private static final int MOST_LEVELS = 5;

    TextLayer within(RawText inner, String innerName) {
        if (level == MOST_LEVELS) {
            throw new NotificationFormatException("Cannot read " + innerName + ": it is JSON in a string, more than "
                    + MOST_LEVELS + " deep; SES and the services that carry its notifications need four at most.");
        }
        return new TextLayer(json, inner, innerName, level + 1);
    }

    NotificationFormatException refusal(String why, JsonParser parser) {
        return refusal(why, parser.currentTokenLocation());
    }

    private NotificationFormatException refusal(String why, @Nullable JsonLocation where) {
        String place = where == null ? "" : " at line " + where.getLineNr() + ", column " + where.getColumnNr();
        return new NotificationFormatException("Cannot read " + name + place + ": " + why + ".");
    }

    /** Says what ails the JSON without the words of the reader, which quote the text. */
    NotificationFormatException refusal(IOException e) {
        if (!(e instanceof JsonProcessingException json)) {
            throw new UncheckedIOException("a text in memory cannot fail to be read", e);
        }
        if (json instanceof StreamConstraintsException) {
            return refusal("it exceeds a limit of this parser: " + json.getOriginalMessage(), json.getLocation());
        }
        return refusal(
                json instanceof JsonEOFException ? "it ends in the middle of the JSON" : "it is not well-formed JSON",
                json.getLocation());
    }
}
