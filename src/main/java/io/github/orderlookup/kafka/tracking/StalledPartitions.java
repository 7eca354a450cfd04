package io.github.orderlookup.kafka.tracking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions whose first record without an outcome waits for no known reason, such as a permit,
 * a back-off, a pause or the end of an outage, for longer than calls and publishing can take; or
 * whose lookup fails again and again.
 *
 * <p>Thread-safe: one thread checks, any thread asks.
 */
public final class StalledPartitions {

    /** A request that has failed so often is named at once. */
    private static final int FAILURES = 3;

    /** Nothing is concluded from a time in which this process did not run. */
    private static final Duration LONGEST_BREAK = Duration.ofMinutes(1);

    private static final int NAMED = 10;

    private final OffsetTracker tracker;
    private final BooleanSupplier explained;
    private final Duration patience;
    private final Clock clock;
    private volatile Map<TopicPartition, Suspect> suspects = Map.of();
    private Instant lookedAt;

    /**
     * @param since the last moment at which the request was new, or had a reason to wait
     */
    private record Suspect(TrackedRecord record, Instant since) {}

    /**
     * @param explained whether there is a reason for all requests to wait, which readiness states
     *     already
     * @param patience the longest time that a request may take between two waits
     * @param clock monotonic
     */
    public StalledPartitions(
            OffsetTracker tracker, BooleanSupplier explained, Duration patience, Clock clock) {
        this.tracker = tracker;
        this.explained = explained;
        this.patience = patience;
        this.clock = clock;
        this.lookedAt = clock.instant();
    }

    /** Looks once; to be called every few seconds. */
    public void check() {
        Instant now = clock.instant();
        boolean excused =
                explained.getAsBoolean()
                        || Duration.between(lookedAt, now).compareTo(LONGEST_BREAK) > 0;
        Map<TopicPartition, Suspect> found = new HashMap<>();
        for (PartitionHead head : tracker.heads()) {
            Suspect before = suspects.get(head.partition());
            boolean longer =
                    !excused
                            && before != null
                            && before.record() == head.record()
                            && head.waitReason().isEmpty();
            found.put(head.partition(), longer ? before : new Suspect(head.record(), now));
        }
        suspects = Map.copyOf(found);
        lookedAt = now;
    }

    /** How many partitions stall. */
    public int count() {
        return stalled().size();
    }

    /** Which partitions stall, in words; empty when none does. */
    public Optional<String> trouble() {
        List<PartitionHead> heads = stalled();
        return heads.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        heads.stream()
                                .sorted(Comparator.comparing(PartitionHead::age).reversed())
                                .limit(NAMED)
                                .map(StalledPartitions::words)
                                .collect(Collectors.joining(" ")));
    }

    private List<PartitionHead> stalled() {
        Instant now = clock.instant();
        return tracker.heads().stream().filter(head -> isStalled(head, now)).toList();
    }

    private boolean isStalled(PartitionHead head, Instant now) {
        if (head.failures() >= FAILURES) {
            return true;
        }
        Suspect suspect = suspects.get(head.partition());
        return suspect != null
                && suspect.record() == head.record()
                && Duration.between(suspect.since(), now).compareTo(patience) > 0;
    }

    private static String words(PartitionHead head) {
        String place =
                "Topic "
                        + head.partition().topic()
                        + ", partition "
                        + head.partition().partition()
                        + " is held up at offset "
                        + head.offset()
                        + ": the request has no outcome after "
                        + head.age().toSeconds()
                        + " s";
        return head.failures() == 0
                ? place + ", and nothing explains it."
                : place + ", it has failed " + head.failures() + " times: " + head.failure() + ".";
    }
}
