package io.github.sesquill.notifications;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Any bytes are read or refused. As a plain test this runs the corpus, with {@code JAZZER_FUZZ=1} it looks for more for a
 * minute.
 */
@SuppressWarnings({"ReferenceEquality", "RethrowReflectiveOperationExceptionAsLinkageError"}) // it weighs objects
class ParserFuzzTest {

    private static final NotificationParser PARSER = NotificationParser.create();

    /** A value of one character with its comma, at the factor by which room is made ahead, at twelve bytes a value. */
    private static final int MOST_BYTES_FOR_A_CHARACTER = 16 * 12 / 2;

    /** The room that a batch keeps for values, once an object had so many. */
    private static final int ROOM = 1024 * 12;

    @FuzzTest(maxDuration = "60s")
    void readsOrRefusesAnything(byte[] body) {
        try {
            SesNotification n = PARSER.parse(body);
            holds(n, body.length);
            writes(n);
        } catch (NotificationFormatException e) {
            // Refused, as it should be.
        }
        batch(PARSER.parseAll(new ByteArrayInputStream(body)), body.length);
        // What is no UTF-8 becomes half a surrogate pair, which only a text can have.
        text(new String(body, StandardCharsets.UTF_8).replace('\uFFFD', '\uD83D'), Arrays.hashCode(body));
    }

    private static void text(String body, int hash) {
        try {
            switch (Math.floorMod(hash, 3)) {
                case 0 -> holds(PARSER.parse(body), body.length());
                case 1 -> PARSER.open(body).notifications().forEach(n -> holds(n, body.length()));
                default -> batch(PARSER.parseAll(body), body.length());
            }
        } catch (NotificationFormatException e) {
            // Refused, as it should be.
        }
    }

    private static void batch(Stream<NotificationParser.Item> batch, int length) {
        List<NotificationParser.Item> items = batch.toList();
        if (items.size() > length) {
            throw new AssertionError(length + " made " + items.size() + " items");
        }
        items.forEach(item -> item.notification().ifPresent(n -> holds(n, length)));
    }

    /** Touches all of a notification, and weighs what it keeps in memory. */
    private static void holds(SesNotification n, int length) {
        Derived.touch(n);
        Fields root = ((Published) n).root();
        long kept = root == Fields.NONE ? 0 : weigh(root.tree());
        if (kept > (long) MOST_BYTES_FOR_A_CHARACTER * length + ROOM) {
            throw new AssertionError("of " + length + " characters " + kept + " bytes are kept");
        }
    }

    /** Counts the bytes of the text and of the places in it, room to spare included: nobody else wants to know. */
    private static long weigh(Tree tree) {
        try {
            java.lang.reflect.Field names = Tree.class.getDeclaredField("names");
            java.lang.reflect.Field nodes = Tree.class.getDeclaredField("nodes");
            names.setAccessible(true);
            nodes.setAccessible(true);
            return 2L * tree.text().length()
                    + 4L * (Array.getLength(names.get(tree)) + Array.getLength(nodes.get(tree)));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static void writes(SesNotification n) {
        if (!PARSER.parse(NotificationWriter.create().write(n)).equals(n)) {
            throw new AssertionError("what is written reads otherwise");
        }
    }
}
