package io.github.orderlookup.bench;

import java.nio.file.Path;

/**
 * Runs the benchmark, prints its tables and writes them: {@code results.md} and {@code
 * throughput.svg}, {@code long.md} for the runs that take long, or {@code start.md} for the starts;
 * the figures of each round beside it as JSON.
 */
final class Benchmark {

    private Benchmark() {}

    public static void main(String[] arguments) throws Exception {
        Parameters parameters = Parameters.ofThisJvm();
        try (Stage stage = Stage.set()) {
            if (parameters.starts()) {
                report("Start", "start", parameters, new Start(parameters, stage).run());
            } else if (parameters.longRuns()) {
                report("Long runs", "long", parameters, new LongRuns(parameters, stage).run());
            } else {
                Results results = new Rounds(parameters, stage).run();
                report("Benchmark", "results", parameters, results);
                ThroughputPlot.of(results).write(parameters.output().resolve("throughput.svg"));
            }
        }
    }

    private static void report(String title, String name, Parameters parameters, Results results)
            throws Exception {
        Report report = new Report(title, parameters, results);
        System.out.println(report.text());
        Path file = parameters.output().resolve(name + ".md");
        report.write(file);
        results.write(parameters.output().resolve(name + ".json"));
        System.out.println("Written to " + file);
    }
}
