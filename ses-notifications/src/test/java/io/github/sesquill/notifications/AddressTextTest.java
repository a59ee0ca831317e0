package io.github.sesquill.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "jane@example.com                            | jane@example.com",
                "Jane.Doe+tag@Example.COM                    | Jane.Doe+tag@Example.COM",
                "<jane@example.com>                          | jane@example.com",
                "Jane Doe <jane@example.com>                 | jane@example.com",
                "Jane Doe<jane@example.com>                  | jane@example.com",
                "\"Doe, Jane\" <jane@example.com>            | jane@example.com",
                "\"Jane <the boss>\" <jane@example.com>      | jane@example.com",
                "\"Jane \\\"<x@y>\\\" Doe\" <jane@example.com> | jane@example.com",
                "=?utf-8?b?SsO2cmc=?= <joerg@example.com>    | joerg@example.com",
                "J\u00f6rg <joerg@example.com>               | joerg@example.com",
                "< jane@example.com >                        | jane@example.com",
                "<<jane@example.com>>                        | jane@example.com",
                "Old <old@example.com> <new@example.com>     | new@example.com",
                "Jane <jane@example.com                      | jane@example.com",
                "Jane 3\" TV <jane@example.com>              | jane@example.com",
                "Jane :( <jane@example.com>                  | jane@example.com",
                "jane@example.com (Jane Doe)                 | jane@example.com",
                "(she) jane@example.com (of (course))        | jane@example.com",
                "Jane (<x@y>) <jane@example.com>             | jane@example.com",
                "\"odd <local>\"@example.com                 | \"odd <local>\"@example.com",
                "prvs=144d0cba7=sender@example.com           | prvs=144d0cba7=sender@example.com",
                "bounce+1587519229@simulator.example         | bounce+1587519229@simulator.example",
                "undisclosed                                 | undisclosed",
                "jane@example.com <Jane>                     | jane@example.com <Jane>",
                "Jane <>                                     | Jane <>"
            })
    void findsTheBareAddress(String original, String address) {
        assertThat(new Recipient(original).address()).isEqualTo(address);
        assertThat(new Recipient(original).original()).isEqualTo(original);
    }

    @Test
    void findsTheAddressBehindAnyQuotedName() {
        long seed = 5322;
        SplittableRandom random = new SplittableRandom(seed);
        String letters = "ab <>@(),;:\\\".[]\u00e9";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder name = new StringBuilder();
            random.ints(random.nextInt(12), 0, letters.length())
                    .mapToObj(letters::charAt)
                    .forEach(c -> {
                        name.append(c == '"' || c == '\\' ? "\\" : "").append(c);
                    });

            assertThat(AddressText.bare("\"" + name + "\" <jane@example.com>"))
                    .as("seed %d, round %d, name %s", seed, i, name)
                    .isEqualTo("jane@example.com");
        }
    }
}
