package io.github.orderlookup.stress;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * The page with the invariants. It names the stress tests at their invariants, and holds a line for
 * each JDK they were run on, and a table of the last run.
 */
final class Page {

    private static final Pattern INVARIANTS = Pattern.compile("([A-Z]\\d+(?:, [A-Z]\\d+)*): .*");
    private static final Pattern RUNS =
            Pattern.compile("(?s)(<!-- jcstress runs -->\n)(.*?)(<!-- /jcstress runs -->)");
    private static final Pattern TABLE =
            Pattern.compile("(?s)(<!-- jcstress outcomes -->\n)(.*?)(<!-- /jcstress outcomes -->)");

    private final Path file;

    Page(Path file) {
        this.file = file;
    }

    /**
     * Requires that each test begins its description with the numbers of its invariants, and is
     * named at each of them.
     *
     * @throws IllegalStateException when one does not, or is not
     */
    void requireThatItNames(Collection<String> tests) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<String> missing = new ArrayList<>();
        for (String test : tests) {
            for (String invariant : invariants(test)) {
                if (!isNamed(lines, invariant, "`" + shortName(test) + "`")) {
                    missing.add(shortName(test) + " at " + invariant);
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException(file + " does not name " + missing);
        }
    }

    private static boolean isNamed(List<String> lines, String invariant, String test) {
        return lines.stream()
                .anyMatch(line -> line.startsWith("| " + invariant + " |") && line.contains(test));
    }

    private static List<String> invariants(String test) {
        String description = TestList.getInfo(test).description();
        Matcher numbers = INVARIANTS.matcher(description);
        if (!numbers.matches()) {
            throw new IllegalStateException(test + " states no invariant: " + description);
        }
        return List.of(numbers.group(1).split(", ", -1));
    }

    /** The name without its package. */
    private static String shortName(String test) {
        return test.replaceFirst("^([a-z]+\\.)*", "");
    }

    void write(List<TestResult> results) throws IOException {
        String page = Files.readString(file);
        page = replace(page, RUNS, runs(page, results));
        page = replace(page, TABLE, table(results));
        Files.writeString(file, page);
    }

    private static String replace(String page, Pattern part, String by) {
        return part.matcher(page).replaceFirst("$1" + Matcher.quoteReplacement(by) + "$3");
    }

    /** The lines of the other JDKs and the one of this run, in the order of the versions. */
    private static String runs(String page, List<TestResult> results) {
        Map<Integer, String> lines = new TreeMap<>();
        Pattern.compile("- JDK (\\d+).*")
                .matcher(page)
                .results()
                .forEach(line -> lines.put(Integer.valueOf(line.group(1)), line.group()));
        lines.put(Runtime.version().feature(), run(results));
        return lines.values().stream().collect(joining("\n", "", "\n"));
    }

    private static String run(List<TestResult> results) {
        return String.format(
                Locale.ROOT,
                "- JDK %s, %s: %d tests in %d configurations (how each actor is compiled and"
                        + " scheduled), %.1f million samples, no forbidden outcome.",
                System.getProperty("java.version"),
                LocalDate.now(ZoneOffset.UTC),
                byTest(results).size(),
                results.size(),
                results.stream().mapToLong(TestResult::getTotalCount).sum() / 1e6);
    }

    private static Map<String, List<TestResult>> byTest(List<TestResult> results) {
        return results.stream()
                .collect(groupingBy(result -> shortName(result.getName()), TreeMap::new, toList()));
    }

    private static String table(List<TestResult> results) {
        StringBuilder table = new StringBuilder();
        table.append("| test, on JDK ").append(Runtime.version().feature());
        table.append(" | samples | outcomes |\n|---|---|---|\n");
        byTest(results).forEach((test, all) -> table.append(row(test, all)));
        return table.toString();
    }

    private static String row(String test, List<TestResult> results) {
        Map<String, Long> counts = new TreeMap<>();
        for (TestResult result : results) {
            for (String outcome : result.getStateKeys()) {
                counts.merge(outcome, result.getCount(outcome), Long::sum);
            }
        }
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        String outcomes =
                counts.entrySet().stream()
                        .map(each -> share(each.getKey(), each.getValue(), all))
                        .collect(joining("; "));
        return String.format(Locale.ROOT, "| `%s` | %,d | %s |%n", test, all, outcomes);
    }

    private static String share(String outcome, long count, long all) {
        return String.format(Locale.ROOT, "`%s` %.3g %%", outcome, 100.0 * count / all);
    }
}
