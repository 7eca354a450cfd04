package io.github.orderlookup.cli.redrive;

import io.github.orderlookup.lookup.ProblemJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a run has done, as text and as JSON. */
public final class Summary {

    /** How a run has ended. */
    enum End {
        /** All that was there at its start is read. */
        COMPLETE,
        LIMIT,
        INTERRUPTED,
        FAILED
    }

    private final Counts counts;
    private final String errorsTopic;
    private final String requestTopic;
    private final boolean dryRun;
    private End end = End.COMPLETE;
    private @Nullable RedriveFailure failure;

    Summary(Counts counts, String errorsTopic, String requestTopic, boolean dryRun) {
        this.counts = counts;
        this.errorsTopic = errorsTopic;
        this.requestTopic = requestTopic;
        this.dryRun = dryRun;
    }

    Summary ended(End how) {
        this.end = how;
        return this;
    }

    Summary failed(RedriveFailure why) {
        this.end = End.FAILED;
        this.failure = why;
        return this;
    }

    /** Whether the run came to its end, a limit or an interruption included. */
    public boolean isOk() {
        return failure == null;
    }

    /** Whether another run may succeed without a change. */
    public boolean isTemporary() {
        return failure != null && failure.isTemporary();
    }

    /** Why the run has failed and what to do; empty when it has not. */
    public Optional<String> error() {
        return Optional.ofNullable(failure).map(RedriveFailure::words);
    }

    /** A table by type, and what it means in sentences; empty when it failed before all else. */
    public String text() {
        if (failure != null && counts.total() == 0) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        text.append(row("TYPE", "TOTAL", "SELECTED", "SKIPPED", ""));
        counts.types()
                .forEach(
                        (type, of) ->
                                text.append(row(type, of.total(), of.selected(), of.skipped())));
        text.append(row("total", counts.total(), counts.allSelected(), counts.allSkipped()));
        text.append(System.lineSeparator());
        sentences()
                .forEach(
                        (sentence, applies) -> {
                            if (applies) {
                                text.append(sentence).append(System.lineSeparator());
                            }
                        });
        return text.toString();
    }

    private static String row(String type, long total, long selected, Map<Reason, Long> skipped) {
        return row(
                type,
                Long.toString(total),
                Long.toString(selected),
                Long.toString(total - selected),
                skipped.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey().words())
                        .collect(Collectors.joining(", ")));
    }

    private static String row(String... columns) {
        return String.format(Locale.ROOT, "%-26s %9s %9s %9s  %s%n", (Object[]) columns)
                .replaceFirst(" +(\\R)$", "$1");
    }

    private Map<String, Boolean> sentences() {
        Map<String, Boolean> sentences = new LinkedHashMap<>();
        boolean filtered = counts.allSkipped().keySet().stream().anyMatch(Reason::isFilter);
        sentences.put(done(), true);
        sentences.put(
                counts.allPerhapsRepeated()
                        + " of them may have been sent twice: the run before was cut off.",
                counts.allPerhapsRepeated() > 0);
        sentences.put(
                "No run before this one is known: the whole of " + errorsTopic + " was read.",
                counts.isFirstRun());
        sentences.put(ending(), end == End.LIMIT || end == End.INTERRUPTED);
        sentences.put(
                "The next run begins behind what this one has read; --from-beginning reads what was"
                        + " skipped once more.",
                filtered && !dryRun);
        sentences.put(
                "Name a type or --retryable=any to send those that are not retryable, once their"
                        + " cause is gone.",
                counts.allSkipped().containsKey(Reason.NOT_RETRYABLE));
        return sentences;
    }

    private String done() {
        String what = requests(counts.allSelected());
        return dryRun
                ? what + " of " + errorsTopic + " would be sent to " + requestTopic + " again."
                : "Sent " + counts.allSent() + " of " + what + " to " + requestTopic + " again.";
    }

    private static String requests(long count) {
        return count + (count == 1 ? " request" : " requests");
    }

    private String ending() {
        return (end == End.LIMIT ? "The limit is reached" : "Interrupted")
                + "; another run goes on from here.";
    }

    /** One JSON object in one line. */
    public String json() {
        Map<String, OfType> types = new LinkedHashMap<>();
        counts.types()
                .forEach(
                        (type, of) ->
                                types.put(
                                        type,
                                        new OfType(
                                                of.total(),
                                                of.selected(),
                                                of.sent(),
                                                byId(of.skipped()))));
        byte[] utf8 =
                ProblemJson.of(
                        new Json(
                                isOk(),
                                end.name().toLowerCase(Locale.ROOT),
                                error().orElse(null),
                                dryRun,
                                errorsTopic,
                                requestTopic,
                                counts.total(),
                                counts.allSelected(),
                                counts.allSent(),
                                counts.allPerhapsRepeated(),
                                byId(counts.allSkipped()),
                                types));
        return new String(utf8, StandardCharsets.UTF_8) + System.lineSeparator();
    }

    private static Map<String, Long> byId(Map<Reason, Long> skipped) {
        Map<String, Long> byId = new LinkedHashMap<>();
        skipped.forEach((reason, count) -> byId.put(reason.id(), count));
        return byId;
    }

    private record Json(
            boolean ok,
            String ended,
            @Nullable String error,
            boolean dryRun,
            String errorsTopic,
            String requestTopic,
            long total,
            long selected,
            long sent,
            long perhapsRepeated,
            Map<String, Long> skipped,
            Map<String, OfType> types) {}

    private record OfType(long total, long selected, long sent, Map<String, Long> skipped) {}
}
