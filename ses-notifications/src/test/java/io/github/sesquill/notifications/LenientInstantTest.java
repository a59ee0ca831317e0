package io.github.sesquill.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class LenientInstantTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2021-11-01T08:31:08.230Z                       | 2021-11-01T08:31:08.230Z",
                "2020-04-02T20:41:01.000Z                       | 2020-04-02T20:41:01Z",
                "2025-11-19T00:12:34Z                           | 2025-11-19T00:12:34Z",
                "1970-01-01T00:00:00Z                           | 1970-01-01T00:00:00Z",
                "1970-01-01T00:00:00.123Z                       | 1970-01-01T00:00:00.123Z",
                "2018-10-08T14:05:45 +0000                      | 2018-10-08T14:05:45Z",
                "2009-12-03T04:24:21.000-05:00                  | 2009-12-03T09:24:21Z",
                "2012-05-25T14:59:38.623-07:00                  | 2012-05-25T21:59:38.623Z",
                "2024-10-21T16:46:42.622234                     | 2024-10-21T16:46:42.622234Z",
                "2024-10-21T16:46:42.622234+00:00               | 2024-10-21T16:46:42.622234Z",
                "2024-04-25T18:08:04.933666+03:00               | 2024-04-25T15:08:04.933666Z",
                "2024-04-25T18:08:04+05:30                      | 2024-04-25T12:38:04Z",
                "2024-04-25T18:08:04+03                         | 2024-04-25T15:08:04Z",
                "2024-04-25t18:08z                              | 2024-04-25T18:08:00Z",
                "2024-04-25 18:08:04                            | 2024-04-25T18:08:04Z",
                "2024-04-25T18:08:04,5Z                         | 2024-04-25T18:08:04.5Z",
                "2024-04-25T18:08:04.1234567891234Z             | 2024-04-25T18:08:04.123456789Z",
                "2020-08-05T14:04: 57.354Z                      | 2020-08-05T14:04:57.354Z",
                "[2025,7,24,12,44,28,995000000]                 | 2025-07-24T12:44:28.995Z",
                "[2025, 7, 24, 12, 44, 28]                      | 2025-07-24T12:44:28Z",
                "[2025,7,24,12,44]                              | 2025-07-24T12:44:00Z"
            })
    void readsWhatSesAndItsImitatorsWrite(String text, Instant instant) {
        assertThat(LenientInstant.of(text)).contains(instant);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mon, 08 Oct 2018 14:05:45 +0000                | 2018-10-08T14:05:45Z",
                "Tue, 12 Apr 2016 15:02:32 -0700 (PDT)          | 2016-04-12T22:02:32Z",
                "Tue, 12 Apr 2016 15:02:32 -0000                | 2016-04-12T15:02:32Z",
                "Tue, 3 May 2016 18:20:06 +0200                 | 2016-05-03T16:20:06Z",
                "3 May 2016 18:20:06 +0200                      | 2016-05-03T16:20:06Z",
                "Tue,3 may 2016 18:20 +0200                     | 2016-05-03T16:20:00Z",
                "Tue, 3 May 16 18:20:06 GMT                     | 2016-05-03T18:20:06Z",
                "Tue, 3 May 98 18:20:06 UT                      | 1998-05-03T18:20:06Z",
                "Tue, 3 May 116 18:20:06 UT                     | 2016-05-03T18:20:06Z",
                "Tue, 3 May 2016 18:20:06 EDT                   | 2016-05-03T22:20:06Z",
                "Tue, 3 May 2016 18:20:06 PST                   | 2016-05-04T02:20:06Z",
                "Tue, 3 May 2016 18:20:06 K                     | 2016-05-03T18:20:06Z",
                "Tue (a (nested) day), 3 May 2016 (x) 18 : 20 : 06 +0200 | 2016-05-03T16:20:06Z",
                "Tue, 3 May 2016 18:20:06 +0530                 | 2016-05-03T12:50:06Z"
            })
    void readsTheDateOfAHeader(String text, Instant instant) {
        assertThat(LenientInstant.of(text)).contains(instant);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "soon",
                "2021",
                "2021-11-01",
                "2021-13-01T08:31:08Z",
                "2021-02-30T08:31:08Z",
                "2021-11-01T24:31:08Z",
                "2021-11-01T08:61:08Z",
                "2021-11-01T08:31:08.Z",
                "2021-11-01T08:31:08Z and more",
                "2021-11-01T08:31:08+",
                "2021-11-01T08:31:08+19:00",
                "1760000000",
                "1760000000000",
                "Mon, 08 Foo 2018 14:05:45 +0000",
                "Mon, 08 Oct 2018",
                "Mon,",
                "[]",
                "[2025]",
                "[2025,7,24,12]",
                "[2025,7,24,12,44,28,995000000,1]",
                "[2025,7,24,12,44",
                "(",
                "9999999999999999999999-01-01T00:00:00Z",
                "\u0662\u0660\u0662\u0661-11-01T08:31:08Z"
            })
    void leavesTheRestAlone(String text) {
        assertThat(LenientInstant.of(text)).isEmpty();
    }

    @Test
    void doesNotLookAtWhatIsLongerThanAnyDate() {
        assertThat(LenientInstant.of("2021-11-01T08:31:08Z" + " ".repeat(1_000_000)))
                .isEmpty();
    }

    @Test
    void readsWhatJavaWritesInBothForms() {
        long seed = 20_211_101;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            Instant instant = Instant.ofEpochMilli(random.nextLong(0, 4_102_444_800_000L));
            ZoneOffset offset = ZoneOffset.ofTotalSeconds(random.nextInt(-14 * 60, 14 * 60) * 60);
            String iso = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atOffset(offset));
            String header = DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(offset));

            assertThat(LenientInstant.of(iso)).as("seed %d: %s", seed, iso).contains(instant);
            assertThat(LenientInstant.of(header))
                    .as("seed %d: %s", seed, header)
                    .contains(Instant.ofEpochSecond(instant.getEpochSecond()));
        }
    }
}
