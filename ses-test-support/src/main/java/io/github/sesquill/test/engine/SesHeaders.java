package io.github.sesquill.test.engine;

import io.github.sesquill.message.ListManagement;
import io.github.sesquill.message.MessageHeader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a message says to SES in its header section (SES Developer Guide, "Header fields in Amazon SES"). */
public final class SesHeaders {

    private static final Pattern TAG = Pattern.compile("\\s*([A-Za-z0-9_:-]+)=([A-Za-z0-9_-]+)\\s*");
    private static final Pattern LIST =
            Pattern.compile("\\s*([A-Za-z0-9_-]{1,64})\\s*(?:;\\s*topic=([A-Za-z0-9_-]{1,64})\\s*)?");

    private SesHeaders() {}

    /** Returns the configuration set. */
    public static Optional<String> configurationSet(List<MessageHeader> headers) {
        return HeaderSection.first(headers, "X-SES-CONFIGURATION-SET").filter(set -> !set.isBlank());
    }

    /** Returns the message tags, in order. */
    public static Map<String, String> tags(List<MessageHeader> headers) {
        Map<String, String> tags = new LinkedHashMap<>();
        String value = HeaderSection.first(headers, "X-SES-MESSAGE-TAGS").orElse("");
        for (String tag : value.split(",", -1)) {
            Matcher pair = TAG.matcher(tag);
            if (pair.matches()) {
                tags.put(pair.group(1), pair.group(2));
            }
        }
        return tags;
    }

    /** Returns the contact list, if it is well-formed. */
    public static Optional<ListManagement> listManagement(List<MessageHeader> headers) {
        return HeaderSection.first(headers, "X-SES-LIST-MANAGEMENT-OPTIONS")
                .map(LIST::matcher)
                .filter(Matcher::matches)
                .map(list -> list.group(2) == null
                        ? ListManagement.of(list.group(1))
                        : ListManagement.of(list.group(1), list.group(2)));
    }
}
