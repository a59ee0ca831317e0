package io.github.sesquill.acceptance.faults;

import io.github.sesquill.acceptance.faults.FaultyServer.Connection;
import io.github.sesquill.acceptance.faults.FaultyServer.Step;
import io.github.sesquill.message.TemplateMailing;
import io.github.sesquill.message.TemplateMailing.Entry;
import java.io.IOException;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What SES does to the entries of {@code SendBulkEmail}, noted in the ledger by their addresses. */
final class Batches {

    static final String SUCCESS = "SUCCESS";

    /** Of a status that nobody knows: it may mean that the entry was taken. */
    static final String NEW = "NEW_IN_A_LATER_YEAR";

    private static final Pattern ADDRESS = Pattern.compile("\"ToAddresses\":\\[\"([^\"]*)\"");
    private static final Pattern ATTEMPT = Pattern.compile("\"Name\":\"sesquill-attempt\",\"Value\":\"([^\"]*)\"");

    private Batches() {}

    static TemplateMailing mailing(List<String> addresses) {
        return TemplateMailing.from("Acme <news@acme.example>")
                .template("october")
                .entries(addresses.stream()
                        .map(address -> Entry.to(address).build())
                        .toList());
    }

    /** Takes every entry, or the one message if it is no batch, and says so. */
    static Step sent(String... headers) {
        return connection -> {
            String body = String.valueOf(connection.read(Integer.MAX_VALUE));
            if (body.contains("\"BulkEmailEntries\"")) {
                int entries = take(connection, body, index -> SUCCESS);
                connection.write(results(entries, index -> SUCCESS, headers));
            } else {
                connection.take(body);
                connection.say(headers);
            }
        };
    }

    /** Takes the entries that succeed, and says so of so many. */
    static Step answered(int results, IntFunction<String> statuses) {
        return connection -> {
            take(connection, statuses);
            connection.write(results(results, statuses));
        };
    }

    /** Takes every entry and answers this. */
    static Step took(String body) {
        return connection -> {
            take(connection, index -> SUCCESS);
            connection.write(FaultyServer.response(200, body, FaultyServer.ofSes()));
        };
    }

    private static String results(int count, IntFunction<String> statuses, String... headers) {
        String all = String.join(
                ",",
                IntStream.range(0, count)
                        .mapToObj(i -> "{\"Status\":\"" + statuses.apply(i) + "\""
                                + (statuses.apply(i).equals(SUCCESS) ? ",\"MessageId\":\"0102-" + i + "\"}" : "}"))
                        .toList());
        return FaultyServer.response(200, "{\"BulkEmailEntryResults\":[" + all + "]}", FaultyServer.ofSes(headers));
    }

    /** Takes the entries that are to succeed; returns how many there are in all. */
    static int take(Connection connection, IntFunction<String> statuses) throws IOException {
        return take(connection, String.valueOf(connection.read(Integer.MAX_VALUE)), statuses);
    }

    private static int take(Connection connection, String body, IntFunction<String> statuses) {
        List<String> addresses = all(ADDRESS, body);
        List<String> attempts = all(ATTEMPT, body);
        for (int i = 0; i < addresses.size(); i++) {
            if (List.of(SUCCESS, NEW).contains(statuses.apply(i))) {
                connection.ledger().take(addresses.get(i), attempts.get(i));
            }
        }
        return addresses.size();
    }

    private static List<String> all(Pattern pattern, String body) {
        return pattern.matcher(body)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }
}
