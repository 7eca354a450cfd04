package io.github.orderlookup.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What can be chosen, as {@code -Dbench.…}. The profile {@code bench} of the build hands them on
 * and explains them.
 *
 * @param payload bytes of an Order
 * @param records of a measured batch at 512 in flight; 0 is what takes about four seconds
 * @param parts which parts run: backlog, steady, rest; start alone; of the long runs scale-out,
 *     million, budget
 * @param jdks home directories of the JDKs whose start is measured
 * @param longRuns the runs that take long instead of the usual ones
 * @param output where the report goes
 */
record Parameters(
        List<Delay> delays,
        int payload,
        int partitions,
        int records,
        int rounds,
        List<Contestant> systems,
        Set<String> parts,
        List<Path> jdks,
        boolean longRuns,
        Path output) {

    private static final String USUAL_PARTS = "backlog,steady,rest";
    private static final String LONG_PARTS = "scale-out,million,budget";

    static Parameters ofThisJvm() {
        boolean longRuns = Boolean.getBoolean("bench.long");
        return new Parameters(
                list("bench.delay", "50ms,200ms,50ms..300ms").map(Delay::parse).toList(),
                number("bench.payload", 850),
                number("bench.partitions", 8),
                number("bench.records", 0),
                number("bench.rounds", 5),
                list("bench.systems", "ours,one-partition,direct,spring,stock")
                        .map(Contestant::named)
                        .toList(),
                Set.copyOf(list("bench.parts", longRuns ? LONG_PARTS : USUAL_PARTS).toList()),
                list("bench.jdks", System.getProperty("java.home")).map(Path::of).toList(),
                longRuns,
                Path.of(text("bench.output", "docs/benchmark")));
    }

    /** Whether the starts are measured, and nothing else. */
    boolean starts() {
        return parts.contains("start");
    }

    /** The command that repeats the run. */
    String command() {
        return Stream.of(
                        "bench.long",
                        "bench.parts",
                        "bench.systems",
                        "bench.delay",
                        "bench.payload",
                        "bench.partitions",
                        "bench.records",
                        "bench.rounds")
                .filter(key -> !text(key, "").isEmpty())
                .map(key -> " -D" + key + "=" + text(key, ""))
                .collect(Collectors.joining("", "mvn -Pbench", ""));
    }

    private static Stream<String> list(String key, String otherwise) {
        return Stream.of(text(key, otherwise).split(",")).map(String::trim);
    }

    private static int number(String key, int otherwise) {
        return Integer.parseInt(text(key, Integer.toString(otherwise)));
    }

    /** Empty counts as not given. */
    private static String text(String key, String otherwise) {
        String given = System.getProperty(key, "").trim();
        return given.isEmpty() ? otherwise : given;
    }
}
