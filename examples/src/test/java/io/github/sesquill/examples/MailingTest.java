package io.github.sesquill.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailingTest {

    private static final String HEADER = "name,email,city,order,item,total,note\n";
    private static final String ANN = "Ann,ann@example.com,Leeds,A-1,Quill,1,none\n";
    private static final String BOB = "Bob,bob@example.com,Leeds,A-2,Quill,1,none\n";

    @TempDir
    Path directory;

    private Path customers(String lines) throws IOException {
        return Files.writeString(directory.resolve("people.csv"), HEADER + lines);
    }

    private Run runWith(String lines) throws IOException {
        return Run.with("--customers", customers(lines).toString());
    }

    @Nested
    class WithTheFilesThatShip {

        private final Run run = Run.with();

        @Test
        void sendsEverythingAndSaysSo() {
            assertThat(run.problems()).isEmpty();
            assertThat(run.status()).isZero();
            assertThat(run.summary())
                    .isEqualTo("Summary: 0 lines refused; first mailing 48 sent, 0 not sent, 0 unknown;"
                            + " second mailing 43 sent, 0 not sent, 0 unknown, 5 left out.");
        }

        @Test
        void listsEachCustomerByTheNameInTheFile() {
            assertThat(run.under("What became of it"))
                    .hasSize(49)
                    .anyMatch(line -> line.endsWith("  zoe@xn--bcher-kva.example                    Zoë Brontë-Müller"))
                    .anyMatch(line -> line.endsWith("  Robert \"Bob\" Tables"))
                    .anyMatch(line -> line.endsWith("  =?utf-8?Q?Not_Encoded?="))
                    .anyMatch(line -> line.endsWith("  王小明"));
        }

        @Test
        void tellsWhatCameBack() {
            assertThat(run.under("What came back"))
                    .filteredOn(line -> line.contains("simulator"))
                    .hasSize(6)
                    .anyMatch(line -> line.startsWith("  out of office") && line.contains("ooto+holiday@"))
                    .anyMatch(line -> line.startsWith("  bounced") && line.contains("suppressionlist+old@"))
                    .anyMatch(line -> line.startsWith("  complained") && line.endsWith("苦情 太郎, \"taro\""));
            assertThat(run.out()).contains("And without bad news: 45 Delivery, 48 Send.");
        }

        @Test
        void leavesOutExactlyWhoBouncedForGoodOrComplained() {
            assertThat(run.under("Who was left out").stream().skip(1))
                    .map(line -> line.replaceAll("^ *\\w+ +(\\S+) .*$", "$1"))
                    .containsExactlyInAnyOrder(
                            "bounce+moved@simulator.amazonses.com",
                            "bounce+typo@simulator.amazonses.com",
                            "suppressionlist+old@simulator.amazonses.com",
                            "complaint+spam@simulator.amazonses.com",
                            "complaint+taro@simulator.amazonses.com");
        }

        @Test
        void writesProgressInLinesWhereThereIsNoTerminal() {
            assertThat(run.under("First mailing"))
                    .startsWith("  10 of 48", "  20 of 48", "  30 of 48", "  40 of 48", "  48 of 48");
            assertThat(run.out()).doesNotContain("\r");
        }

        @Test
        void drawsABarOnATerminal() {
            assertThat(Run.onTerminal().out())
                    .contains("\r  [####################....................] 24 of 48")
                    .contains("\r  [########################################] 48 of 48" + System.lineSeparator());
        }
    }

    @Nested
    class InTheSandbox {

        @Test
        void sendsOnlyToTheSimulatorAndShowsWhyNotToOthers() {
            Run run = Run.with("--sandbox");

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.summary())
                    .startsWith("Summary: 0 lines refused; first mailing 8 sent, 40 not sent, 0 unknown;"
                            + " second mailing 3 sent, 0 not sent, 0 unknown, 5 left out.");
            assertThat(run.under("What became of it"))
                    .filteredOn(line -> line.contains("UNVERIFIED"))
                    .hasSize(40);
            assertThat(run.out()).contains("only verified recipients").contains("request production access");
        }

        @Test
        void doesNotGoTogetherWithARealEndpoint() {
            Run run = Run.with("--sandbox", "--region", "eu-west-1");

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.problems())
                    .contains("--sandbox is about the fake SES")
                    .hasLineCount(1);
        }
    }

    @Nested
    class AtARateOfItsOwn {

        private static final Pattern PACE = Pattern.compile("48 messages took ([0-9.]+) s at ([0-9.]+) recipients");

        @ParameterizedTest
        @CsvSource({"2, 23, 24", "8, 5.8, 6.0", "0.5, 93, 95"})
        void takesAsLongAsTheRateAsksFor(String rate, double atLeast, double atMost) {
            Matcher pace = PACE.matcher(Run.with("--rate", rate).out());

            assertThat(pace.find()).isTrue();
            assertThat(Double.parseDouble(pace.group(1))).isBetween(atLeast, atMost);
            assertThat(pace.group(2)).isEqualTo(rate);
        }

        @ParameterizedTest
        @CsvSource({"0", "-1", "NaN", "fast", "10001"})
        void refusesARateThatIsNone(String rate) {
            Run run = Run.with("--rate", rate);

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.problems())
                    .isEqualTo(
                            "--rate must be a number from 0.01 to 10000, not '" + rate + "'." + System.lineSeparator());
        }
    }

    @Nested
    class OnTheCommandLine {

        @Test
        void helpListsTheFlagsAndSendsNothing() {
            Run run = Run.with("--help");

            assertThat(run.status()).isZero();
            assertThat(run.out())
                    .contains("--sandbox", "--endpoint URL", "--rate N")
                    .doesNotContain("Summary");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "--fast                          | '--fast' is no flag of this job; --help lists them.",
                    "--rate                          | --rate needs a value after it; --help says which.",
                    "--rate --sandbox                | --rate needs a value after it; --help says which.",
                    "--endpoint localhost:8005       | --endpoint must be an address such as http://localhost:8005, not 'localhost:8005'.",
                    "--configuration-set a/b         | --configuration-set: The configuration set 'a/b' must have 1 to 64 ASCII letters, digits, '_' and '-'.",
                    "--region eu+west                | 'eu+west' is not the name of an AWS region; write it as in eu-west-1."
                },
                quoteCharacter = '`')
        void saysInOneSentenceWhatItDoesNotUnderstand(String arguments, String sentence) {
            Run run = Run.with(arguments.split(" ", -1));

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.problems()).isEqualTo(sentence + System.lineSeparator());
            assertThat(run.out()).isEmpty();
        }

        @Test
        void refusesASenderThatIsNoAddress() {
            Run run = Run.with("--from", "news at quill");

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.problems())
                    .startsWith("--from: 'news at quill' is not an address")
                    .hasLineCount(1);
        }

        @Test
        void sendsFromTheSenderItIsGiven() throws IOException {
            Path people = customers(ANN);

            assertThat(Run.with("--from", "Other <post@other.example>", "--customers", people.toString())
                            .status())
                    .isZero();
        }
    }

    @Nested
    class WithMissingFiles {

        @Test
        void sendsNothingWithoutCustomers() {
            Path missing = directory.resolve("nobody.csv");

            Run run = Run.with("--customers", missing.toString());

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.problems())
                    .isEqualTo("There is no file '" + missing + "'; nothing was sent." + System.lineSeparator());
            assertThat(run.out()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"mailing.txt", "mailing.html", "logo.png", "catalogue.pdf"})
        void sendsNothingWithoutAFileOfTheLetter(String name) throws IOException {
            for (String file :
                    new String[] {"customers.csv", "mailing.txt", "mailing.html", "logo.png", "catalogue.pdf"}) {
                if (!file.equals(name)) {
                    Files.copy(Path.of("data", file), directory.resolve(file));
                }
            }

            Run run = Run.with("--data", directory.toString());

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.problems()).contains(name).hasLineCount(1);
            assertThat(run.out()).isEmpty();
        }

        @Test
        void sendsNothingIfALetterAsksForAColumnThatIsNotThere() throws IOException {
            Path people =
                    Files.writeString(directory.resolve("few.csv"), "name,email,order\nAnn,ann@example.com,A-1\n");

            Run run = Run.with("--customers", people.toString());

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.problems()).contains("asks for {{item}}").hasLineCount(1);
        }

        @Test
        void sendsNothingIfAColumnIsMissing() throws IOException {
            Path people = Files.writeString(directory.resolve("few.csv"), "name,mail,order\nAnn,ann@example.com,A-1\n");

            Run run = Run.with("--customers", people.toString());

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.problems())
                    .isEqualTo("few.csv, line 1: there is no column 'email' in 'name,mail,order'; name it so."
                            + System.lineSeparator());
        }

        @Test
        void sendsNothingFromAFileThatIsNotUtf8() throws IOException {
            Path people = Files.write(
                    directory.resolve("latin.csv"), (HEADER + "Zoë" + ANN).getBytes(StandardCharsets.ISO_8859_1));

            Run run = Run.with("--customers", people.toString());

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.problems()).contains("is not in UTF-8").hasLineCount(1);
        }
    }

    @Nested
    class WithABadLine {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "Cid,cid@example.com,Leeds          | 3 columns instead of 7 in the line that begins with 'Cid'.",
                    "Cid,cid@example.com,a,b,c,d,e,f    | 8 columns instead of 7 in the line that begins with 'Cid'.",
                    "\"Cid,cid@example.com,a,b,c,d,e    | the quotes in '\"Cid,cid@example.com,a,b,c,d,e' are broken; close each, and write a quote within quotes twice.",
                    "\"Cid\"x,cid@example.com,a,b,c,d,e | the quotes in '\"Cid\"x,cid@example.com,a,b,c,d,e' are broken; close each, and write a quote within quotes twice.",
                    "Cid,cid at example.com,a,b,c,d,e   | 'cid at example.com' is not an address that SES can deliver to: it must have exactly one '@' (a quoted '@' is not accepted either).",
                    "Cid,ANN@Example.com,a,b,c,d,e      | 'ANN@Example.com' is in line 2 already, and gets one letter, the one of that line.",
                    " ,cid@example.com,a,b,c,d,e        | the name that goes with 'cid@example.com' is empty.",
                    "Cid,cid@example.com,a,b/1,c,d,e    | The value of tag 'order' 'b/1' must have 1 to 256 ASCII letters, digits, '_' and '-'."
                },
                ignoreLeadingAndTrailingWhitespace = true)
        void namesTheLineAndSendsTheOthers(String line, String sentence) throws IOException {
            Run run = runWith(ANN + line + "\n" + BOB);

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.problems()).isEqualTo("people.csv, line 3: " + sentence + System.lineSeparator());
            assertThat(run.summary())
                    .startsWith("Summary: 1 line refused; first mailing 2 sent, 0 not sent, 0 unknown;");
            assertThat(run.out()).contains("ann@example.com", "bob@example.com").doesNotContain("cid@");
        }

        @Test
        void countsLinesAsAnEditorDoes() throws IOException {
            Run run = runWith(
                    "\"Ann\r\nof\r\nLeeds\",ann@example.com,a,b,c,d,e\n\nCid,cid,a,b,c,d,\"e\nf\"\nDan,dan,a,b,c,d,e\n");

            assertThat(run.problems().lines())
                    .hasSize(3)
                    .anyMatch(problem -> problem.startsWith("people.csv, line 2: The display name"))
                    .anyMatch(problem -> problem.startsWith("people.csv, line 6: 'cid' is not an address"))
                    .anyMatch(problem -> problem.startsWith("people.csv, line 8: 'dan' is not an address"));
        }

        @Test
        void readsOnAfterAQuoteThatOnlyALaterLineCloses() throws IOException {
            Run run = runWith("\"Cid,cid@example.com,a,b,c,d,e\n" + ANN + "\"Bob, Jr\",bob@example.com,a,b,c,d,e\n");

            assertThat(run.problems())
                    .startsWith("people.csv, line 2: the quotes")
                    .hasLineCount(1);
            assertThat(run.summary()).contains("first mailing 2 sent");
        }

        @Test
        void showsWhatWouldMoveTheCursor() throws IOException {
            Run run = runWith(ANN + "\u001b[2J\u202eCid,only two\n");

            assertThat(run.problems()).contains("'\\u001b[2J\\u202eCid'").doesNotContain("\u001b", "\u202e");
        }

        @Test
        void endsWithNothingSentIfNoLineIsGood() throws IOException {
            Run run = runWith("Cid,cid\n");

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.summary()).contains("1 line refused; first mailing 0 sent");
        }
    }

    @Test
    void readsFilesOfSpreadsheets() throws IOException {
        Path people = Files.writeString(
                directory.resolve("excel.csv"), "\uFEFF" + (HEADER + ANN + BOB).replace("\n", "\r\n"));

        Run run = Run.with("--customers", people.toString());

        assertThat(run.problems()).isEmpty();
        assertThat(run.status()).isZero();
    }
}
