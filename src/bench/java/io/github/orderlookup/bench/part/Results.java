package io.github.orderlookup.bench.part;

import io.github.orderlookup.bench.load.Measure;
import io.github.orderlookup.bench.load.Percentiles;
import io.github.orderlookup.bench.system.SystemJvm;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What all runs on one JVM yielded, in the order of their first appearance. */
public final class Results {

    /** One measurement of one system. */
    public record Run(String scenario, String system, Map<Measure, Double> figures) {}

    private final SystemJvm jvm;
    private final List<Run> runs = new ArrayList<>();

    public Results(SystemJvm jvm) {
        this.jvm = jvm;
    }

    public SystemJvm jvm() {
        return jvm;
    }

    public List<Run> runs() {
        return List.copyOf(runs);
    }

    void add(String scenario, String system, Map<Measure, Double> figures) {
        runs.add(new Run(scenario, system, figures));
        System.out.printf("  %s, %s: %s%n", scenario, system, text(figures));
    }

    private static String text(Map<Measure, Double> figures) {
        List<String> texts = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            if (figures.containsKey(measure)) {
                texts.add(measure.text(figures.get(measure)) + " " + measure.title());
            }
        }
        return String.join(", ", texts);
    }

    public Set<String> scenarios() {
        Set<String> scenarios = new LinkedHashSet<>();
        runs.forEach(run -> scenarios.add(run.scenario()));
        return scenarios;
    }

    public Set<String> systems(String scenario) {
        Set<String> systems = new LinkedHashSet<>();
        runs.stream()
                .filter(run -> run.scenario().equals(scenario))
                .forEach(run -> systems.add(run.system()));
        return systems;
    }

    /** Over all rounds; NaN when it was not measured. */
    public double median(String scenario, String system, Measure measure) {
        double[] values = values(scenario, system, measure);
        return values.length == 0 ? Double.NaN : Percentiles.median(values);
    }

    /** One for each round in which it was measured. */
    public double[] values(String scenario, String system, Measure measure) {
        return runs.stream()
                .filter(run -> run.scenario().equals(scenario))
                .filter(run -> run.system().equals(system))
                .filter(run -> run.figures().containsKey(measure))
                .mapToDouble(run -> run.figures().get(measure))
                .toArray();
    }
}
