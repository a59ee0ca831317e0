package io.github.sesquill.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.suppression.Suppression;
import io.github.sesquill.suppression.Suppression.Reason;
import io.github.sesquill.suppression.SuppressionList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every suppression list does, wherever it keeps its entries: extend this, give it an empty list, and run it.
 *
 * <pre>{@code
 * class TableSuppressionListTest extends SuppressionListContract {
 *     @Override protected SuppressionList open() { return tableSuppressionList(); }
 * }
 * }</pre>
 *
 * <p>Needs JUnit and AssertJ.
 */
public abstract class SuppressionListContract {

    private static final Instant SINCE = Instant.parse("2026-01-01T12:00:00Z");

    private @Nullable SuppressionList opened;

    /** Made by JUnit. */
    protected SuppressionListContract() {}

    /** Opens a new and empty list for one test. */
    protected abstract SuppressionList open() throws Exception;

    @BeforeEach
    final void openList() throws Exception {
        opened = open();
    }

    private SuppressionList list() {
        return Objects.requireNonNull(opened, "open() gave no list");
    }

    private List<Suppression> entries() {
        try (Stream<Suppression> entries = list().stream()) {
            return entries.toList();
        }
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(list().find(List.of("jane@example.com"))).isEmpty();
        assertThat(entries()).isEmpty();
    }

    @Test
    void findsWhoIsOnItAndNobodyElse() {
        list().add(Suppression.of("jane@example.com", Reason.BOUNCE, SINCE));

        assertThat(list().find(List.of("joe@example.com", "jane@example.com")))
                .containsOnlyKeys("jane@example.com")
                .hasEntrySatisfying("jane@example.com", entry -> {
                    assertThat(entry.reason()).isEqualTo(Reason.BOUNCE);
                    assertThat(entry.since()).isEqualTo(SINCE);
                });
        assertThat(list().find(List.of())).isEmpty();
    }

    @Test
    void looksAtNeitherCapitalsNorSpaceAround() {
        list().add("Jane@Example.COM ", Reason.COMPLAINT);

        assertThat(list().find(List.of(" JANE@example.com"))).containsOnlyKeys("jane@example.com");
        assertThat(list().add("jane@example.com", Reason.BOUNCE)).isFalse();
        assertThat(list().remove("JANE@EXAMPLE.COM")).isTrue();
        assertThat(entries()).isEmpty();
    }

    @Test
    void keepsTheFirstReason() {
        assertThat(list().add(Suppression.of("jane@example.com", Reason.BOUNCE, SINCE)))
                .isTrue();
        assertThat(list().add(Suppression.of("jane@example.com", Reason.MANUAL, SINCE.plusSeconds(1))))
                .isFalse();

        assertThat(entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.reason()).isEqualTo(Reason.BOUNCE));
    }

    @Test
    void keepsEveryReasonThereIs() {
        for (Reason reason : Reason.values()) {
            list().add(reason.name().toLowerCase(Locale.ROOT) + "@example.com", reason);
        }

        assertThat(entries()).extracting(Suppression::reason).containsExactlyInAnyOrder(Reason.values());
    }

    @Test
    void forgetsWhoIsRemovedAndTakesHimAgain() {
        list().add("jane@example.com", Reason.BOUNCE);

        assertThat(list().remove("jane@example.com")).isTrue();
        assertThat(list().remove("jane@example.com")).isFalse();
        assertThat(list().find(List.of("jane@example.com"))).isEmpty();
        assertThat(list().add("jane@example.com", Reason.MANUAL)).isTrue();
    }

    @Test
    void takesAddressesAsTextWhateverIsInThem() {
        String odd = "o'hara+%_\\\"; drop@example.com";
        list().add(odd, Reason.MANUAL);

        assertThat(list().find(List.of(odd, "oxhara+%_\\\"; drop@example.com")))
                .containsOnlyKeys(SuppressionList.key(odd));
    }

    @Test
    void answersForAsManyAsAMessageHasRecipients() {
        List<String> many = IntStream.range(0, 50)
                .mapToObj(i -> "jane+" + i + "@example.com")
                .toList();
        many.forEach(address -> list().add(address, Reason.BOUNCE));

        assertThat(list().find(many)).hasSize(50);
    }

    @Test
    void saysToOneThreadOnlyThatAnAddressIsNew() {
        List<CompletableFuture<Boolean>> adding = new ArrayList<>();
        SuppressionList shared = list();
        for (int i = 0; i < 16; i++) {
            adding.add(CompletableFuture.supplyAsync(() -> shared.add("jane@example.com", Reason.BOUNCE)));
        }

        assertThat(adding.stream().map(CompletableFuture::join))
                .filteredOn(isNew -> isNew)
                .hasSize(1);
        assertThat(entries()).hasSize(1);
    }
}
