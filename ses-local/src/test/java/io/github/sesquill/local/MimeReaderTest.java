package io.github.sesquill.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MimeReaderTest {

    private static MimeReader read(String mime) {
        return MimeReader.read(mime.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private static MimePart only(String mime) {
        List<MimePart> leaves = read(mime).root().leaves().toList();
        assertThat(leaves).hasSize(1);
        return leaves.get(0);
    }

    @Test
    void readsNestedPartsWithTheirNamesAndIds() {
        MimeReader reader = read("""
                Content-Type: multipart/mixed; boundary="a b"

                preamble
                --a b
                Content-Type: multipart/alternative; boundary=inner

                --inner
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                Gr=C3=BC=C3=9Fe=
                !
                --inner
                Content-Type: text/html

                <p>
                --inner--
                --a b
                Content-Type: image/png; name="=?utf-8?Q?gr=C3=BCn.png?="
                Content-ID: <logo>
                Content-Disposition: attachment
                Content-Transfer-Encoding: base64

                AAEC
                --a b--
                epilogue
                """);

        List<MimePart> leaves = reader.root().leaves().toList();
        assertThat(leaves).extracting(MimePart::type).containsExactly("text/plain", "text/html", "image/png");
        assertThat(leaves.get(0).text()).isEqualTo("Grüße!");
        assertThat(leaves.get(2).fileName()).contains("grün.png");
        assertThat(leaves.get(2).contentId()).contains("logo");
        assertThat(leaves.get(2).bytes()).containsExactly(0, 1, 2);
        assertThat(reader.notes()).isEmpty();
    }

    @Test
    void readsTwentyLevelsOfTenThousand() {
        StringBuilder mime = new StringBuilder("Content-Type: multipart/mixed; boundary=b0\n\n");
        for (int i = 0; i < 10_000; i++) {
            mime.append("--b")
                    .append(i)
                    .append("\nContent-Type: multipart/mixed; boundary=b")
                    .append(i + 1)
                    .append("\n\n");
        }

        MimeReader reader = read(mime.toString());

        assertThat(reader.notes()).containsExactly("Parts deeper than 20 levels were not read.");
        assertThat(reader.root().leaves().count()).isOne();
    }

    @Test
    void readsAThousandPartsOfAHundredThousand() {
        MimeReader reader = read("Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n".repeat(100_000));

        assertThat(reader.root().leaves().count()).isLessThan(1_000);
        assertThat(reader.notes()).containsExactly("Parts after the first 1000 were not read.");
    }

    @Test
    void readsTheBeginningOfAHeaderSectionWithoutEnd() {
        MimeReader folded = read("Subject: x\n" + " folded\n".repeat(200_000) + "\nbody");
        assertThat(folded.notes()).hasSize(1);
        assertThat(folded.root().header("Subject").orElseThrow().length()).isLessThan(128 * 1024);

        MimeReader one = read("X-Long: " + "x".repeat(1024 * 1024) + "\nSubject: after\n\nbody");
        assertThat(one.notes()).hasSize(1);
        assertThat(one.root().text()).isEqualTo("body");
    }

    @Test
    void takesABoundaryWithoutEndForNone() {
        MimePart part = only("Content-Type: multipart/mixed; boundary=" + "b".repeat(100_000) + "\n\nbody");
        assertThat(part.text()).isEqualTo("body");
        assertThat(only("Content-Type: multipart/mixed; boundary\n\n--\nbody").bytes())
                .isNotEmpty();
    }

    @Test
    void readsWhatItCanOfMalformedEncodings() {
        assertThat(only("Content-Transfer-Encoding: base64\n\n").bytes()).isEmpty();
        assertThat(only("Content-Transfer-Encoding: base64\n\nAAEC!!!!").bytes())
                .startsWith(0, 1, 2);
        assertThat(only("Content-Transfer-Encoding: x-unknown\n\nbody").text()).isEqualTo("body");
        assertThat(only("Content-Type: text/plain; charset=x-unknown\n\ncaf\u00e9")
                        .text())
                .isEqualTo("café");
        assertThat(only("Content-Type: ;;;=\n\nbody").type()).isEqualTo("text/plain");
        assertThat(MimePart.decoded("=?x-unknown?Q?a?=")).isEqualTo("=?x-unknown?Q?a?=");
    }

    @Test
    void keepsAZipAsItIs() {
        MimePart zip = only("Content-Type: application/zip\nContent-Transfer-Encoding: base64\n\nUEsFBgAAAAA=");
        assertThat(zip.bytes()).startsWith('P', 'K', 5, 6).hasSize(8);
        assertThat(zip.leaves()).hasSize(1);
    }

    @Test
    void readsAnythingAtAll() {
        assertThat(only("").bytes()).isEmpty();
        assertThat(only("\n").bytes()).isEmpty();
        assertThat(only("no header\n\nbody").text()).isEqualTo("body");
        assertThat(MimeReader.read(new byte[] {0, '\n', (byte) 255, '\n', '\n', '-', '-'})
                        .root()
                        .leaves())
                .hasSize(1);
    }
}
