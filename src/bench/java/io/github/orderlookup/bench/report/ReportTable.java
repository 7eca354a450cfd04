package io.github.orderlookup.bench.report;

import io.github.orderlookup.bench.load.Measure;
import io.github.orderlookup.bench.part.Results;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** The table of one scenario: a row for each JDK and system, a column for each measure. */
final class ReportTable {

    /** These are given as multiples of the hand-written peer's, too. */
    private static final Set<Measure> COMPARED =
            EnumSet.of(Measure.RATE, Measure.CPU, Measure.P99, Measure.P99_FIRST, Measure.FIRST);

    private static final String BASELINE = "hand-written";

    private final List<Results> all;
    private final String scenario;

    ReportTable(List<Results> all, String scenario) {
        this.all = all;
        this.scenario = scenario;
    }

    List<String> lines() {
        List<Measure> measures =
                Stream.of(Measure.values())
                        .filter(measure -> all.stream().anyMatch(run -> isMeasured(run, measure)))
                        .toList();
        List<String> lines = new ArrayList<>();
        StringBuilder head = new StringBuilder("| | JDK |");
        StringBuilder rule = new StringBuilder("|---|--:|");
        for (Measure measure : measures) {
            head.append(' ').append(measure.title()).append(isCompared(measure) ? " | × |" : " |");
            rule.append(isCompared(measure) ? "--:|--:|" : "--:|");
        }
        lines.add(head.toString());
        lines.add(rule.toString());
        for (Results results : all) {
            results.systems(scenario).forEach(system -> lines.add(row(results, system, measures)));
        }
        return lines;
    }

    private String row(Results results, String system, List<Measure> measures) {
        StringBuilder row = new StringBuilder("| ").append(system);
        row.append(" | ").append(results.jvm().feature()).append(" |");
        for (Measure measure : measures) {
            double value = results.median(scenario, system, measure);
            row.append(' ').append(measure.text(value));
            row.append(spread(results.values(scenario, system, measure), measure)).append(" |");
            if (isCompared(measure)) {
                double ratio = value / baseline(results, measure);
                row.append(Double.isNaN(ratio) ? " |" : " %.2f |".formatted(ratio));
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

    private boolean isMeasured(Results results, Measure measure) {
        return results.systems(scenario).stream()
                .anyMatch(system -> results.values(scenario, system, measure).length > 0);
    }

    private boolean isCompared(Measure measure) {
        return COMPARED.contains(measure)
                && all.stream().anyMatch(run -> !Double.isNaN(baseline(run, measure)));
    }

    private double baseline(Results results, Measure measure) {
        return results.systems(scenario).stream()
                .filter(system -> system.startsWith(BASELINE))
                .mapToDouble(system -> results.median(scenario, system, measure))
                .findFirst()
                .orElse(Double.NaN);
    }
}
