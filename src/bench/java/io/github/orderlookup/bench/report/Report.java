package io.github.orderlookup.bench.report;

import io.github.orderlookup.bench.part.Parameters;
import io.github.orderlookup.bench.part.Results;
import io.github.orderlookup.bench.system.Ours;
import io.github.orderlookup.bench.system.SystemJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The results as Markdown: what was run and how, a table for each scenario, what was to be shown.
 */
public final class Report {

    private final Parameters parameters;
    private final List<Results> all;
    private final StringBuilder text = new StringBuilder();

    public Report(Parameters parameters, List<Results> all) {
        this.parameters = parameters;
        this.all = all;
    }

    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text());
    }

    public String text() throws IOException {
        text.setLength(0);
        head();
        scenarios()
                .forEach(
                        scenario ->
                                lines("## " + scenario, new ReportTable(all, scenario).lines()));
        Map<String, Map<String, String>> verdicts = verdicts();
        if (!verdicts.isEmpty()) {
            lines("## What is to be shown", verdictTable(verdicts));
        }
        return text.toString();
    }

    private void head() throws IOException {
        text.append("# ").append(parameters.longRuns() ? "Long runs" : "Benchmark").append("\n\n");
        text.append(parameters.longRuns() ? "One run each." : how()).append("\n\n");
        text.append("Machine: ").append(Machine.description()).append(".\n");
        text.append("Commit: ").append(Machine.commit()).append(".\n");
        text.append("Broker, upstream, load and each system are processes of their own on it; ");
        text.append(jvms()).append(".\n\n");
        text.append("Command: `").append(parameters.command()).append("`\n");
    }

    private String how() {
        return "Medians of %d interleaved rounds, with the least and the most of them; × is the multiple of the hand-written peer in the same run, on the same JDK. "
                        .formatted(parameters.rounds())
                + "Percentiles of steady load and REST: windows of %d s, of which the first fifth is not counted."
                        .formatted(parameters.window());
    }

    private String jvms() {
        SystemJvm jvm = all.get(0).jvm();
        String versions =
                all.stream()
                        .map(results -> "JDK " + results.jvm().version())
                        .collect(Collectors.joining(" and then on "));
        String options =
                jvm.options().stream()
                        .map(option -> " `" + option + "`")
                        .collect(Collectors.joining());
        return "each system has `-Xmx1g`"
                + options
                + ", ours `"
                + Ours.COLLECTOR
                + "` unless its row says otherwise, and runs on "
                + versions
                + (jvm.cpus().isEmpty()
                        ? ""
                        : " and is held to CPU " + jvm.cpus() + " (`taskset`), the others are not");
    }

    private Set<String> scenarios() {
        return all.stream()
                .flatMap(results -> results.scenarios().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** By row, then by JDK. */
    private Map<String, Map<String, String>> verdicts() {
        Map<String, Map<String, String>> verdicts = new LinkedHashMap<>();
        for (Results results : all) {
            for (Promise promise : Promises.of(results, parameters)) {
                verdicts.computeIfAbsent(promise.row(), row -> new LinkedHashMap<>())
                        .put(results.jvm().title(), promise.verdict());
            }
        }
        return verdicts;
    }

    private List<String> verdictTable(Map<String, Map<String, String>> verdicts) {
        List<String> jdks = all.stream().map(results -> results.jvm().title()).toList();
        List<String> lines = new ArrayList<>();
        lines.add("| | wanted | " + String.join(" | ", jdks) + " |");
        lines.add("|---|--:|" + "--:|".repeat(jdks.size()));
        verdicts.forEach(
                (row, cells) ->
                        lines.add(
                                jdks.stream()
                                        .map(jdk -> cells.getOrDefault(jdk, ""))
                                        .collect(
                                                Collectors.joining(
                                                        " | ", "| " + row + " | ", " |"))));
        return lines;
    }

    private void lines(String heading, List<String> lines) {
        text.append('\n').append(heading).append("\n\n");
        lines.forEach(line -> text.append(line).append('\n'));
    }
}
