package io.github.orderlookup.bench;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What can be chosen, as {@code -Dbench.…}; the profile {@code bench} of the build names the
 * defaults.
 *
 * @param payload bytes of an Order
 * @param records of a measured batch at 512 in flight; 0 is what takes about four seconds
 * @param parts which parts run: backlog, steady, rest
 * @param longRuns the runs that take long instead of these parts
 */
record Parameters(
        List<Delay> delays,
        int payload,
        int partitions,
        int records,
        int rounds,
        List<Contestant> systems,
        Set<String> parts,
        boolean longRuns) {

    static Parameters ofThisJvm() {
        return new Parameters(
                list("bench.delay", "50ms").map(Delay::parse).toList(),
                number("bench.payload", 850),
                number("bench.partitions", 8),
                number("bench.records", 0),
                number("bench.rounds", 5),
                list("bench.systems", "ours,direct").map(Contestant::named).toList(),
                Set.copyOf(list("bench.parts", "backlog").toList()),
                Boolean.getBoolean("bench.long"));
    }

    private static Stream<String> list(String key, String otherwise) {
        return Stream.of(System.getProperty(key, otherwise).split(","))
                .map(String::trim)
                .filter(text -> !text.isEmpty());
    }

    private static int number(String key, int otherwise) {
        return Integer.getInteger(key, otherwise);
    }
}
