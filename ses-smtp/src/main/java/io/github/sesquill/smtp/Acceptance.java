package io.github.sesquill.smtp;

import io.github.sesquill.transport.SendOutcome;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a 250 to the end of a message means: "sent" if it names an id, as SES and the common servers do. */
final class Acceptance {

    private static final Pattern QUEUED = Pattern.compile("(?i)\\bqueued as ([A-Za-z0-9._-]{1,256})");
    private static final Pattern OK = Pattern.compile("(?i)^(?:2\\.\\d+\\.\\d+ )?ok ([A-Za-z0-9._-]{1,256})\\s*$");

    private Acceptance() {}

    /**
     * Reads the id.
     *
     * @param region the region of SES, which gives the message a Message-ID of its own; null for other servers
     * @param messageId the Message-ID that was written
     */
    static SendOutcome judge(Reply reply, @Nullable String region, String messageId) {
        for (String line : reply.lines()) {
            Matcher ok = OK.matcher(line);
            if (ok.find() && ok.group(1).chars().anyMatch(c -> c >= '0' && c <= '9')) {
                return SendOutcome.sent(ok.group(1), region == null ? messageId : wireMessageId(ok.group(1), region));
            }
            Matcher queued = QUEUED.matcher(line);
            if (queued.find()) {
                return SendOutcome.sent(queued.group(1), messageId);
            }
        }
        return SendOutcome.acceptedWithoutId("The server took the message and named no id: " + reply.quoted());
    }

    private static String wireMessageId(String id, String region) {
        return '<' + id + '@' + (region.equals("us-east-1") ? "email" : region) + ".amazonses.com>";
    }
}
