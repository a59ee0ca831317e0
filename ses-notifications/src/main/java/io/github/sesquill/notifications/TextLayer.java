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

    /** The SQS body in a Lambda event and the SNS message in that are two; the others are to spare. */
    private static final int MOST_LEVELS = 4;

    TextLayer within(RawText inner, String innerName) {
        if (level == MOST_LEVELS) {
            throw refusal("it holds JSON in a string, as did " + MOST_LEVELS
                    + " texts around it; no envelope of SES does that more than twice");
        }
        return new TextLayer(json, inner, innerName, level + 1);
    }

    NotificationFormatException refusal(String why) {
        return new NotificationFormatException("Cannot read " + name + ": " + why + ".");
    }

    NotificationFormatException refusal(String why, JsonParser parser) {
        return refusal(why, parser.currentTokenLocation());
    }

    /** Says what ails the JSON without the words of its reader, which quote the text. */
    NotificationFormatException refusal(IOException e) {
        if (!(e instanceof JsonProcessingException ailing)) {
            throw new UncheckedIOException("a text in memory cannot fail to be read", e);
        }
        if (ailing instanceof StreamConstraintsException) {
            // These words count and do not quote.
            return refusal("it exceeds a limit of this parser: " + ailing.getOriginalMessage(), ailing.getLocation());
        }
        boolean cut = ailing instanceof JsonEOFException;
        return refusal(cut ? "it ends in the middle of the JSON" : "it is not well-formed JSON", ailing.getLocation());
    }

    private NotificationFormatException refusal(String why, @Nullable JsonLocation where) {
        String place = where == null ? "" : " at line " + where.getLineNr() + ", column " + where.getColumnNr();
        return new NotificationFormatException("Cannot read " + name + place + ": " + why + ".");
    }
}
