package io.github.orderlookup.bench.part;

import io.github.orderlookup.bench.system.Contestant;
import io.github.orderlookup.bench.system.SystemJvm;
import io.github.orderlookup.bench.upstream.Delay;
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
 * @param window seconds of a measurement that yields percentiles
 * @param parts which parts run: backlog, steady, rest, start, cold; of the long runs scale-out,
 *     million, budget
 * @param jvms what the systems run on, one after the other
 * @param longRuns the runs that take long instead of the usual ones
 * @param output where the report goes
 * @param name of the report, without an ending
 */
public record Parameters(
        List<Delay> delays,
        int payload,
        int partitions,
        int records,
        int window,
        int rounds,
        List<Contestant> systems,
        Set<String> parts,
        List<SystemJvm> jvms,
        boolean longRuns,
        Path output,
        String name) {

    private static final String ALL_SYSTEMS =
            Stream.of(Contestant.values())
                    .filter(system -> system != Contestant.BEFORE)
                    .map(Contestant::id)
                    .collect(Collectors.joining(","));
    private static final String USUAL_PARTS = "backlog,steady,rest";
    private static final String LONG_PARTS = "scale-out,million,budget";

    public static Parameters ofThisJvm() {
        boolean longRuns = Boolean.getBoolean("bench.long");
        return new Parameters(
                list("bench.delay", "50ms,200ms,50ms..300ms").map(Delay::parse).toList(),
                number("bench.payload", 850),
                number("bench.partitions", 8),
                number("bench.records", 0),
                number("bench.window", 20),
                number("bench.rounds", 5),
                list("bench.systems", ALL_SYSTEMS).map(Contestant::named).toList(),
                Set.copyOf(list("bench.parts", longRuns ? LONG_PARTS : USUAL_PARTS).toList()),
                list("bench.jdks", System.getProperty("java.home"))
                        .map(Parameters::systemJvm)
                        .toList(),
                longRuns,
                Path.of(text("bench.output", "docs/benchmark")),
                text("bench.name", longRuns ? "long" : "results"));
    }

    private static SystemJvm systemJvm(String home) {
        String options = text("bench.options", "");
        return SystemJvm.of(
                Path.of(home),
                text("bench.cpus", ""),
                options.isEmpty() ? List.of() : List.of(options.split(" +")));
    }

    /** That of everything for which there is one delay only. */
    public Delay usualDelay() {
        return delays.get(0);
    }

    /** Whether systems that are warmed up are measured. */
    public boolean usualParts() {
        return Stream.of(USUAL_PARTS.split(",")).anyMatch(parts::contains);
    }

    /** The command that repeats the run, without what locates a JDK. */
    public String command() {
        String jdks =
                jvms.stream()
                        .map(jvm -> "<" + jvm.title().replace("JDK ", "jdk-") + ">")
                        .collect(Collectors.joining(","));
        String start =
                "mvn -Pbench -Dbench.jdk=<jdk-%d> -Dbench.jdks=%s"
                        .formatted(Runtime.version().feature(), jdks);
        return Stream.of(
                        "bench.long",
                        "bench.parts",
                        "bench.systems",
                        "bench.delay",
                        "bench.payload",
                        "bench.partitions",
                        "bench.records",
                        "bench.window",
                        "bench.rounds",
                        "bench.cpus",
                        "bench.options",
                        "bench.name")
                .filter(key -> !text(key, "").isEmpty())
                .map(key -> " -D" + key + "=" + quoted(text(key, "")))
                .collect(Collectors.joining("", start, ""));
    }

    private static String quoted(String value) {
        return value.contains(" ") ? "'" + value + "'" : value;
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
