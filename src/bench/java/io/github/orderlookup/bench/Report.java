package io.github.orderlookup.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;

/** The results as Markdown: a table for each scenario, and what was to be shown. */
final class Report {

    /** These are given as multiples of the hand-written peer's, too. */
    private static final Set<Measure> COMPARED =
            EnumSet.of(Measure.RATE, Measure.CPU, Measure.P99, Measure.FIRST);

    private static final String BASELINE = "hand-written";

    private final String title;
    private final Parameters parameters;
    private final Results results;

    Report(String title, Parameters parameters, Results results) {
        this.title = title;
        this.parameters = parameters;
        this.results = results;
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text());
    }

    String text() throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("# ").append(title).append("\n\n");
        text.append(parameters.longRuns() ? "One run each" : medians()).append(".\n\n");
        text.append("Machine: ").append(Machine.description()).append(".\n");
        text.append("Commit: ").append(Machine.commit()).append(".\n");
        text.append("Broker, upstream, load and each system are processes of their own on it;");
        text.append(" each system has `-Xmx1g`.\n\n");
        text.append("Command: `").append(parameters.command()).append("`\n");
        for (String scenario : results.scenarios()) {
            text.append("\n## ").append(scenario).append("\n\n");
            table(scenario).forEach(line -> text.append(line).append('\n'));
        }
        List<String> promises = Promises.of(results, parameters);
        if (!promises.isEmpty()) {
            text.append(
                    "\n## What is to be shown\n\n| | measured | wanted | |\n|---|--:|--:|---|\n");
            promises.forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }

    private String medians() {
        return "Medians of "
                + parameters.rounds()
                + " interleaved rounds, with the least and the most of them; × is the multiple of the hand-written peer in the same run";
    }

    private List<String> table(String scenario) {
        List<Measure> measures = measures(scenario);
        List<String> lines = new ArrayList<>();
        StringBuilder head = new StringBuilder("| |");
        StringBuilder rule = new StringBuilder("|---|");
        for (Measure measure : measures) {
            boolean compared = isCompared(scenario, measure);
            head.append(' ').append(measure.title()).append(compared ? " | × |" : " |");
            rule.append(compared ? "--:|--:|" : "--:|");
        }
        lines.add(head.toString());
        lines.add(rule.toString());
        results.systems(scenario).forEach(system -> lines.add(row(scenario, system, measures)));
        return lines;
    }

    private String row(String scenario, String system, List<Measure> measures) {
        StringBuilder row = new StringBuilder("| ").append(system).append(" |");
        for (Measure measure : measures) {
            double value = results.median(scenario, system, measure);
            row.append(' ').append(measure.text(value));
            row.append(spread(results.values(scenario, system, measure), measure)).append(" |");
            if (isCompared(scenario, measure)) {
                double ratio = value / baseline(scenario, measure);
                row.append(" %.2f |".formatted(ratio));
            }
        }
        return row.toString();
    }

    private static String spread(double[] values, Measure measure) {
        DoubleSummaryStatistics all = DoubleStream.of(values).summaryStatistics();
        return values.length < 2
                ? ""
                : " (%s–%s)".formatted(measure.text(all.getMin()), measure.text(all.getMax()));
    }

    private List<Measure> measures(String scenario) {
        List<Measure> measures = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            boolean measured =
                    results.systems(scenario).stream()
                            .anyMatch(
                                    system ->
                                            !Double.isNaN(
                                                    results.median(scenario, system, measure)));
            if (measured) {
                measures.add(measure);
            }
        }
        return measures;
    }

    private boolean isCompared(String scenario, Measure measure) {
        return COMPARED.contains(measure) && !Double.isNaN(baseline(scenario, measure));
    }

    private double baseline(String scenario, Measure measure) {
        return results.systems(scenario).stream()
                .filter(system -> system.startsWith(BASELINE))
                .mapToDouble(system -> results.median(scenario, system, measure))
                .findFirst()
                .orElse(Double.NaN);
    }
}
