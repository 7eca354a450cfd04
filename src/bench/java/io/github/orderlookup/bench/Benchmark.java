package io.github.orderlookup.bench;

import io.github.orderlookup.bench.part.Cold;
import io.github.orderlookup.bench.part.ColdBacklog;
import io.github.orderlookup.bench.part.LongRuns;
import io.github.orderlookup.bench.part.Parameters;
import io.github.orderlookup.bench.part.Results;
import io.github.orderlookup.bench.part.Rounds;
import io.github.orderlookup.bench.part.Start;
import io.github.orderlookup.bench.report.Report;
import io.github.orderlookup.bench.report.ResultsFile;
import io.github.orderlookup.bench.report.ThroughputPlot;
import io.github.orderlookup.bench.system.Stage;
import io.github.orderlookup.bench.system.SystemJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the benchmark on one JDK after the other, prints its tables and writes them as {@code
 * results.md}, or {@code long.md} for the runs that take long; beside it the figures of each round
 * as JSON, and a plot.
 */
final class Benchmark {

    private Benchmark() {}

    public static void main(String[] arguments) throws Exception {
        Parameters parameters = Parameters.ofThisJvm();
        List<Results> all = new ArrayList<>();
        try (Stage stage = Stage.set(parameters.jvms().get(0))) {
            for (SystemJvm jvm : parameters.jvms()) {
                System.out.println(jvm.title());
                Results results = new Results(jvm);
                run(parameters, stage.on(jvm), results);
                all.add(results);
            }
        }
        report(parameters, all);
    }

    private static void run(Parameters parameters, Stage stage, Results results) throws Exception {
        if (parameters.longRuns()) {
            new LongRuns(parameters, stage).run(results);
            return;
        }
        if (parameters.parts().contains("start")) {
            new Start(parameters, stage).run(results);
        }
        if (parameters.parts().contains("cold")) {
            new Cold(parameters, stage).run(results);
            new ColdBacklog(parameters, stage).run(results);
        }
        if (parameters.usualParts()) {
            new Rounds(parameters, stage, results).run();
        }
    }

    private static void report(Parameters parameters, List<Results> all) throws Exception {
        Report report = new Report(parameters, all);
        System.out.println(report.text());
        Path file = parameters.output().resolve(parameters.name() + ".md");
        report.write(file);
        ResultsFile.write(
                parameters.output().resolve(parameters.name() + ".json"), parameters, all);
        if (parameters.usualParts()) {
            ThroughputPlot.of(all).write(parameters.output().resolve(parameters.name() + ".svg"));
        }
        System.out.println("Written to " + file);
    }
}
