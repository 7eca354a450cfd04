package io.github.orderlookup.kafka.consumer;

import io.github.orderlookup.kafka.producer.PublishHealth;
import io.github.orderlookup.kafka.tracking.OffsetTracker;
import io.github.orderlookup.lookup.UpstreamHealth;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Pauses the assigned partitions while no record may be taken: the limits are reached, outcomes
 * cannot be published, or an outage keeps lookups from being answered. During an outage single
 * records are let through to find its end.
 *
 * <p>Polling goes on while partitions are paused, so that the group keeps its member. For the poll
 * thread.
 */
final class PollPause {

    private final Consumer<Object, Object> client;
    private final OffsetTracker tracker;
    private final PollLimits limits;
    private final PublishHealth publishing;
    private final UpstreamHealth health;
    private final PollStatus status;
    private boolean paused;

    /** Why polling takes no records, in words for an operator. */
    record Cause(PauseReason reason, String words) {}

    PollPause(
            Consumer<Object, Object> client,
            OffsetTracker tracker,
            PollLimits limits,
            PublishHealth publishing,
            UpstreamHealth health,
            PollStatus status) {
        this.client = client;
        this.tracker = tracker;
        this.limits = limits;
        this.publishing = publishing;
        this.health = health;
        this.status = status;
    }

    /**
     * Pauses or resumes.
     *
     * @param outage the outage of Partner Center or its login host, in words
     */
    void update(Optional<String> outage) {
        boolean pauses =
                outage.isPresent()
                        ? isFull() || !health.takesOneMore()
                        : publishing.isStuck() || isFull();
        cause(publishing.trouble(), outage, tracker.pending(), tracker.bytes(), limits)
                .ifPresentOrElse(
                        cause -> status.pause(cause.reason(), cause.words()), status::resume);
        if (pauses) {
            client.pause(client.assignment());
        } else if (limits.readsAhead()) {
            pauseFullPartitions();
        } else if (paused || !status.unreadable().isEmpty()) {
            client.resume(status.unreadable().withoutBackingOff(client.paused()));
        }
        paused = pauses;
    }

    private void pauseFullPartitions() {
        Set<TopicPartition> assigned = client.assignment();
        Set<TopicPartition> full = new HashSet<>(assigned);
        full.removeIf(
                partition -> !limits.isPartitionFull(tracker.pending(partition), assigned.size()));
        Set<TopicPartition> others = new HashSet<>(client.paused());
        others.removeAll(full);
        client.pause(full);
        client.resume(status.unreadable().withoutBackingOff(others));
    }

    static Optional<Cause> cause(
            Optional<String> unpublished,
            Optional<String> outage,
            int pending,
            long bytes,
            PollLimits limits) {
        if (unpublished.isPresent()) {
            return unpublished.map(words -> new Cause(PauseReason.OUTCOMES, words));
        }
        if (outage.isPresent()) {
            return outage.map(words -> new Cause(PauseReason.OUTAGE, words));
        }
        if (bytes > limits.bytes()) {
            return Optional.of(
                    new Cause(
                            PauseReason.MEMORY,
                            "requests without an outcome hold " + bytes + " bytes"));
        }
        return limits.isFull(pending, bytes)
                ? Optional.of(
                        new Cause(
                                PauseReason.PENDING,
                                "more than "
                                        + limits.pauseAbove()
                                        + " requests are taken and not committed"))
                : Optional.empty();
    }

    /** Whether a poll could bring more records than may be pending, or than there is memory for. */
    boolean isFull() {
        return limits.isFull(tracker.pending(), tracker.bytes());
    }

    /** Whether the last update has paused, or partitions were paused since. */
    boolean isPaused() {
        return paused;
    }

    /** Partitions were paused, or may have been, that the next update has to resume. */
    void resumeWithNextUpdate() {
        paused = true;
    }
}
