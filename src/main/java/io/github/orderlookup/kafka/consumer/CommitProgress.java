package io.github.orderlookup.kafka.consumer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The progress of commits: when the broker last stored offsets, and since when it has not though
 * there are some. Written by the poll thread. Thread-safe.
 */
public final class CommitProgress {

    /** A rebalance, or a broker that restarts, is over by then. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Clock clock;
    private volatile Instant committedAt;
    private volatile @Nullable Refusal refusal;

    private record Refusal(Instant since, TopicPartition partition, long offset, String why) {}

    /**
     * @param clock monotonic
     */
    CommitProgress(Clock clock) {
        this.clock = clock;
        this.committedAt = clock.instant();
    }

    /** The broker has taken offsets. */
    void committed() {
        committedAt = clock.instant();
        refusal = null;
    }

    /** There is nothing to commit. */
    void nothingToCommit() {
        refusal = null;
    }

    /**
     * The broker has not taken these offsets; they are committed again.
     *
     * @param offsets at least one
     */
    void failed(Map<TopicPartition, OffsetAndMetadata> offsets, Exception why) {
        Map.Entry<TopicPartition, OffsetAndMetadata> first =
                offsets.entrySet().stream()
                        .min(Comparator.comparing(entry -> entry.getKey().toString()))
                        .orElseThrow();
        Refusal before = refusal;
        refusal =
                new Refusal(
                        before == null ? clock.instant() : before.since(),
                        first.getKey(),
                        first.getValue().offset(),
                        why.getClass().getSimpleName());
    }

    /** How long ago offsets were last committed, or the endpoint was made. */
    public Duration sinceCommit() {
        return Duration.between(committedAt, clock.instant());
    }

    /** Why answered requests are not committed, when that lasts; empty while commits go on. */
    public Optional<String> trouble() {
        Refusal now = refusal;
        if (now == null) {
            return Optional.empty();
        }
        Duration lasts = Duration.between(now.since(), clock.instant());
        return lasts.compareTo(PATIENCE) < 0
                ? Optional.empty()
                : Optional.of(
                        "Topic "
                                + now.partition().topic()
                                + ", partition "
                                + now.partition().partition()
                                + ": offset "
                                + now.offset()
                                + " has not been committed for "
                                + lasts.toSeconds()
                                + " s: "
                                + now.why()
                                + ".");
    }
}
