package io.github.orderlookup.bench.report;

import io.github.orderlookup.bench.load.Measure;
import io.github.orderlookup.bench.part.Results;
import io.github.orderlookup.bench.system.Contestant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Lookups per second as an SVG of horizontal bars, a group of bars for each scenario. */
public final class ThroughputPlot {

    private static final int WIDTH = 760;
    private static final int LABELS = 320;
    private static final int BARS = 360;
    private static final int ROW = 20;
    private static final int MARGIN = 12;

    private final double most;
    private final StringBuilder shapes = new StringBuilder();
    private int y = MARGIN;

    private ThroughputPlot(double most) {
        this.most = most;
    }

    public static ThroughputPlot of(List<Results> all) {
        ThroughputPlot plot =
                new ThroughputPlot(all.stream().mapToDouble(ThroughputPlot::most).max().orElse(1));
        for (Results results : all) {
            results.scenarios().forEach(scenario -> plot.group(results, scenario));
        }
        return plot;
    }

    private static double most(Results results) {
        return results.scenarios().stream()
                .flatMapToDouble(
                        scenario ->
                                results.systems(scenario).stream()
                                        .mapToDouble(system -> rate(results, scenario, system)))
                .filter(rate -> !Double.isNaN(rate))
                .max()
                .orElse(1);
    }

    public void write(Path file) throws IOException {
        Files.writeString(
                file,
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
                <title>Lookups per second</title>
                <rect width="100%%" height="100%%" fill="#fff"/>
                %s</svg>
                """
                        .formatted(WIDTH, y + MARGIN, shapes));
    }

    private void group(Results results, String scenario) {
        if (results.systems(scenario).stream()
                .allMatch(system -> Double.isNaN(rate(results, scenario, system)))) {
            return;
        }
        y += ROW;
        text(
                MARGIN,
                "start",
                "font-weight=\"bold\"",
                scenario + ", " + results.jvm().title() + ", lookups/s");
        results.systems(scenario).forEach(system -> bar(system, rate(results, scenario, system)));
        y += ROW / 2;
    }

    private void bar(String system, double rate) {
        y += ROW;
        double length = Math.max(1, BARS * rate / most);
        String colour = system.startsWith(Contestant.OURS.title()) ? "#0b6e4f" : "#9aa5b1";
        text(LABELS - 8, "end", "", system);
        shapes.append(
                "<rect x=\"%d\" y=\"%d\" width=\"%.0f\" height=\"%d\" fill=\"%s\"/>%n"
                        .formatted(LABELS, y - 12, length, ROW - 5, colour));
        text(LABELS + (int) length + 6, "start", "", Measure.RATE.text(rate));
    }

    private void text(int x, String anchor, String style, String text) {
        shapes.append(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" %s>%s</text>%n"
                        .formatted(x, y, anchor, style, text.replace("&", "&amp;")));
    }

    private static double rate(Results results, String scenario, String system) {
        return results.median(scenario, system, Measure.RATE);
    }
}
