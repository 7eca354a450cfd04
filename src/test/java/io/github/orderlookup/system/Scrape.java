package io.github.orderlookup.system;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One reading of {@code /observe/metrics}, in the text format of Prometheus. */
public record Scrape(String text, List<Sample> samples) {

    private static final Pattern SAMPLE =
            Pattern.compile("(?m)^([a-z_][a-zA-Z0-9_]*)(?:\\{(.*)})? (\\S+)$");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

    public record Sample(String name, Map<String, String> labels, double value) {}

    public static Scrape of(RunningService service) {
        return of(service.management());
    }

    /** Of the management server at this origin. */
    public static Scrape of(URI management) {
        String text = RestClient.get(management.resolve("/observe/metrics")).body();
        return new Scrape(text, SAMPLE.matcher(text).results().map(Scrape::sample).toList());
    }

    private static Sample sample(MatchResult found) {
        Map<String, String> labels = new HashMap<>();
        if (found.group(2) != null) {
            Matcher label = LABEL.matcher(found.group(2));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
        }
        String value = found.group(3).replace("Inf", "Infinity");
        return new Sample(found.group(1), labels, Double.parseDouble(value));
    }

    public Set<String> names() {
        return samples.stream().map(Sample::name).collect(Collectors.toSet());
    }

    /** The sum of the samples with this name and these labels, in pairs; NaN without any. */
    public double value(String name, String... labels) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name))
                .filter(sample -> has(sample, labels))
                .mapToDouble(Sample::value)
                .reduce(Double::sum)
                .orElse(Double.NaN);
    }

    private static boolean has(Sample sample, String... labels) {
        for (int i = 0; i < labels.length; i += 2) {
            if (!labels[i + 1].equals(sample.labels().get(labels[i]))) {
                return false;
            }
        }
        return true;
    }
}
