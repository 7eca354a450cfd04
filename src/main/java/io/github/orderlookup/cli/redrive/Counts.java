package io.github.orderlookup.cli.redrive;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What a run has met, by type of problem. Not thread-safe. */
final class Counts {

    /** Stands for a record that is no problem of ours. */
    private static final String NO_TYPE = "(other)";

    private final Map<String, OfType> types = new TreeMap<>();
    private long perhapsRepeated;
    private boolean firstRun;

    /** Of one type. */
    static final class OfType {
        private final Map<Reason, Long> skipped = new EnumMap<>(Reason.class);
        private long selected;
        private long sent;

        long selected() {
            return selected;
        }

        long sent() {
            return sent;
        }

        /** By reason, those alone that are there. */
        Map<Reason, Long> skipped() {
            return skipped;
        }

        long total() {
            return selected + skipped.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    void noProblem() {
        of(NO_TYPE).skipped.merge(Reason.NOT_OURS, 1L, Long::sum);
    }

    void skipped(String type, Reason reason) {
        of(type).skipped.merge(reason, 1L, Long::sum);
    }

    void selected(String type) {
        of(type).selected++;
    }

    /** The broker has acknowledged the request. */
    void sent(String type) {
        of(type).sent++;
    }

    /** A run before this one was cut off while it sent the batch of this request. */
    void perhapsRepeated() {
        perhapsRepeated++;
    }

    /** The group has no offsets, or not any more. */
    void firstRun() {
        firstRun = true;
    }

    boolean isFirstRun() {
        return firstRun;
    }

    private OfType of(String type) {
        return types.computeIfAbsent(type, name -> new OfType());
    }

    Map<String, OfType> types() {
        return types;
    }

    long allPerhapsRepeated() {
        return perhapsRepeated;
    }

    long allSelected() {
        return types.values().stream().mapToLong(OfType::selected).sum();
    }

    long allSent() {
        return types.values().stream().mapToLong(OfType::sent).sum();
    }

    long total() {
        return types.values().stream().mapToLong(OfType::total).sum();
    }

    /** Of all types, by reason. */
    Map<Reason, Long> allSkipped() {
        Map<Reason, Long> all = new EnumMap<>(Reason.class);
        types.values()
                .forEach(
                        type ->
                                type.skipped.forEach(
                                        (reason, count) -> all.merge(reason, count, Long::sum)));
        return all;
    }
}
