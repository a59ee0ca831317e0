package io.github.sesquill.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Exports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A change of the public API is seen in review, as a change of {@code acceptance/api}. */
class PublicApiTest {
    private static final String ACCEPT = "./mvnw -B -pl acceptance -am test -Dapi.accept";

    private static final Pattern QUALIFIED_TYPE =
            Pattern.compile("\\b(?:[a-z_][a-z0-9_]*\\.)+[A-Z]\\w*(?:\\.[A-Z]\\w*)*");

    /** Third-party types in signatures, by the package that may name them. */
    private static final Map<String, Pattern> GUESTS = Map.of(
            "io.github.sesquill.api.",
            Pattern.compile("software\\.amazon\\.awssdk\\.services\\.sesv2\\."
                    + "(SesV2Client|model\\.SendEmailRequest\\.Builder)"),
            "io.github.sesquill.test.",
            Pattern.compile("org\\.(assertj\\.core|junit\\.jupiter)\\..*"));

    @ParameterizedTest
    @EnumSource
    void isWhatItsFileSays(PublishedModule module) throws IOException {
        Path file = Path.of("api", module + ".txt");
        List<String> now = PublicApi.of(module);
        if (System.getProperty("api.accept") != null) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, String.join("\n", now).strip() + "\n");
        }
        assertThat(differences(Files.exists(file) ? Files.readAllLines(file) : List.of(), now))
                .as("public API of %s against acceptance/%s; if the change is meant, run %s", module, file, ACCEPT)
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void exportsEveryPackageThatHasPublicTypes(PublishedModule module) {
        Set<String> needed = new TreeSet<>();
        PublicApi.types(module).forEach(type -> needed.add(type.getPackageName()));
        PublicApi.descriptor(module)
                .ifPresent(descriptor -> assertThat(descriptor.exports())
                        .as("exports in the module-info of %s", module)
                        .filteredOn(export -> !export.isQualified())
                        .extracting(Exports::source)
                        .containsExactlyInAnyOrderElementsOf(needed));
    }

    @ParameterizedTest
    @EnumSource
    void namesNoTypeOfAThirdParty(PublishedModule module) {
        assertThat(PublicApi.withOwners(PublicApi.of(module)))
                .as("signatures of %s that show somebody else's types", module)
                .filteredOn(line -> !strangers(line).isEmpty())
                .isEmpty();
    }

    private static List<String> strangers(String line) {
        return QUALIFIED_TYPE
                .matcher(line)
                .results()
                .map(MatchResult::group)
                .filter(type -> !type.matches("(java|javax\\.net|io\\.github\\.sesquill)\\..*"))
                .filter(type -> GUESTS.entrySet().stream()
                        .noneMatch(guest -> line.startsWith(guest.getKey())
                                && guest.getValue().matcher(type).matches()))
                .toList();
    }

    private static List<String> differences(List<String> accepted, List<String> now) {
        List<String> before = PublicApi.withOwners(accepted);
        List<String> after = PublicApi.withOwners(now);
        Stream<String> gone =
                before.stream().filter(line -> !after.contains(line)).map(line -> "- " + line);
        Stream<String> added =
                after.stream().filter(line -> !before.contains(line)).map(line -> "+ " + line);
        return Stream.concat(gone, added).toList();
    }
}
