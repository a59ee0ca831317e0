package io.github.sesquill.test.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageIdsTest {

    private static final Instant AT = Instant.parse("2021-11-01T08:31:08.230Z");

    @ParameterizedTest
    @CsvSource({"eu-central-1, 0107", "eu-west-1, 0102", "us-east-1, 0100", "af-south-1, 01ff"})
    void nameTheRegionAndTheMillisecond(String region, String code) {
        assertThat(ids(region).next(AT))
                .matches(code
                        + "017cda9fa5c6-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}-000000");
    }

    @Test
    void areTheSameForTheSameSeedAndNeverTwice() {
        MessageIds ids = ids("eu-west-1");

        assertThat(ids.next(AT)).isEqualTo(ids("eu-west-1").next(AT)).isNotEqualTo(ids.next(AT));
    }

    @Test
    void areAtTheHostOfTheirRegionOnTheWire() {
        assertThat(ids("us-east-1").onTheWire("id")).isEqualTo("<id@email.amazonses.com>");
        assertThat(ids("eu-west-1").onTheWire("id")).isEqualTo("<id@eu-west-1.amazonses.com>");
    }

    private static MessageIds ids(String region) {
        return new MessageIds(region, new SplittableRandom(7));
    }
}
