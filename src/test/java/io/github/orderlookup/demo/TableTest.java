package io.github.orderlookup.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TableTest {
    private static final Duration TOOK = Duration.ofMillis(1234);

    private final Table table = new Table(false);

    @ParameterizedTest
    @MethodSource("io.github.orderlookup.demo.Example#all")
    void keepsItsColumnsWithinAHundredCharacters(Example example) {
        String header = table.header();

        List<String> lines = table.row(example, example.expected(), TOOK).lines().toList();

        String row = lines.get(0);
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(row.indexOf(example.expected().what())).isEqualTo(header.indexOf("outcome"));
        assertThat(row.indexOf(example.expected().where())).isEqualTo(header.indexOf("where"));
        assertThat(row).endsWith("1234 ms         " + example.expected().attempts() + "  ok");
    }

    @ParameterizedTest
    @MethodSource("wrongOutcomes")
    void saysWhatWasExpectedWhenSomethingElseCame(Outcome wrong) {
        Example example = Example.all().get(0);

        String row = table.row(example, wrong, TOOK);

        assertThat(row.lines())
                .hasSize(2)
                .first()
                .asString()
                .contains(wrong.what(), wrong.where())
                .endsWith("WRONG");
        assertThat(row).endsWith("expected: found, results topic, 1 attempt");
    }

    static List<Outcome> wrongOutcomes() {
        return List.of(
                Outcome.problem("urn:order-lookup:problem:order-not-found", "results topic", 1),
                Outcome.found("errors topic", 1),
                Outcome.found("results topic", 2));
    }

    @Test
    void showsWhetherTheOrderIsSettledWhereThatWasAskedFor() {
        Example example = Example.all().stream().filter(Example::waits).findFirst().orElseThrow();
        Outcome early =
                Outcome.found("results topic", 2).withState("false", "the order is pending");

        assertThat(table.row(example, early, TOOK).lines())
                .satisfiesExactly(
                        row -> assertThat(row).endsWith("WRONG"),
                        state ->
                                assertThat(state)
                                        .contains("order-lookup-settled: false")
                                        .contains("order-lookup-state: the order is pending"),
                        expected ->
                                assertThat(expected)
                                        .contains("expected: found, results topic, 2 attempts")
                                        .endsWith("order-lookup-state: the order is completed"));
    }

    @Test
    void sumsUp() {
        assertThat(table.summary(10, 0)).isEqualTo("  All 10 outcomes are as expected.");
        assertThat(table.summary(10, 2)).isEqualTo("  2 of 10 outcomes are not as expected.");
    }

    @Test
    void usesColourOnlyForATerminal() {
        Example example = Example.all().get(0);
        Outcome wrong = Outcome.found("errors topic", 1);
        Table coloured = new Table(true);

        assertThat(lines(table, example, wrong)).noneMatch(line -> line.contains("\u001b"));
        assertThat(lines(coloured, example, wrong))
                .allMatch(line -> line.contains("\u001b[") && line.endsWith("\u001b[0m"));
    }

    private static Stream<String> lines(Table table, Example example, Outcome wrong) {
        return Stream.of(
                table.title("title"),
                table.header(),
                table.row(example, example.expected(), TOOK),
                table.row(example, wrong, TOOK),
                table.summary(10, 0),
                table.summary(10, 1));
    }
}
