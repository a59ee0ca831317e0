package io.github.sesquill.notifications;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.util.List;

/**
 * Any bytes are read or refused. As a plain test this runs the corpus, with {@code JAZZER_FUZZ=1} it looks for more for a
 * minute.
 */
class ParserFuzzTest {

    private static final NotificationParser PARSER = NotificationParser.create();

    @FuzzTest(maxDuration = "60s")
    void readsOrRefusesAnything(byte[] body) {
        try {
            SesNotification n = PARSER.parse(body);
            Derived.touch(n);
            writes(n);
        } catch (NotificationFormatException e) {
            // Refused, as it should be.
        }
        List<NotificationParser.Item> items =
                PARSER.parseAll(new ByteArrayInputStream(body)).toList();
        if (items.size() > body.length) {
            throw new AssertionError(body.length + " bytes made " + items.size() + " items");
        }
        items.forEach(item -> item.notification().ifPresent(Derived::touch));
    }

    private static void writes(SesNotification n) {
        if (!NotificationParser.create()
                .parse(NotificationWriter.create().write(n))
                .equals(n)) {
            throw new AssertionError("what is written reads otherwise");
        }
    }
}
