package io.github.orderlookup.kafka.consumer;

import io.github.orderlookup.kafka.producer.PublishHealth;
import io.github.orderlookup.kafka.tracking.OffsetTracker;
import io.github.orderlookup.lookup.UpstreamHealth;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * What a {@link TrackingConsumer} does around one poll: repeats records that were not handed over,
 * follows a re-created topic, commits, pauses or resumes, and polls.
 *
 * <p>For the poll thread.
 */
final class PollCycle {

    private final OffsetTracker tracker;
    private final PollLimits limits;
    private final UpstreamHealth health;
    private final RecreatedTopic topic;
    private final PollRewind rewind;
    private final UntakenRecords untaken;
    private final OffsetCommits commits;
    private final PollPause pause;
    private final PartitionIsolation isolation;
    private final PartitionDrain drain;

    /**
     * @param poll the poll of the client itself, which {@link TrackingConsumer} overrides
     * @param stopping whether the process stops
     */
    PollCycle(
            Consumer<Object, Object> client,
            Function<Duration, ConsumerRecords<Object, Object>> poll,
            OffsetTracker tracker,
            PollLimits limits,
            PublishHealth publishing,
            UpstreamHealth health,
            PollStatus status,
            TopicWatch topicWatch,
            BooleanSupplier stopping) {
        this.tracker = tracker;
        this.limits = limits;
        this.health = health;
        this.topic = new RecreatedTopic(client, tracker, topicWatch, status.unreadable());
        this.rewind = new PollRewind(client, poll, tracker, topic, limits.pending());
        this.untaken = new UntakenRecords(client, tracker);
        this.commits = new OffsetCommits(client, tracker, topic, status, stopping);
        this.pause = new PollPause(client, tracker, limits, publishing, health, status);
        this.isolation = new PartitionIsolation(client, poll, rewind, pause, status.unreadable());
        this.drain = new PartitionDrain(tracker, limits, publishing, health, status, stopping);
    }

    ConsumerRecords<Object, Object> poll(Duration timeout) {
        rewind.runIfRequested();
        untaken.pollAgain();
        topic.follow();
        if (pause.isFull() || commits.areDue()) {
            commits.commit();
        }
        Optional<String> outage = health.outage();
        pause.update(outage);
        boolean waits = tracker.pending() == 0 || outage.isPresent();
        ConsumerRecords<Object, Object> records =
                isolation.poll(waits ? timeout : limits.shortPoll());
        untaken.note(records);
        return outage.isPresent() && records.count() > 1 ? untaken.onlyFirst(records) : records;
    }

    /**
     * The listener to subscribe with.
     *
     * @param next called after it
     * @param retired whether another consumer has taken the place of this one
     */
    ConsumerRebalanceListener listener(ConsumerRebalanceListener next, BooleanSupplier retired) {
        return new DrainingListener(next, retired, tracker, drain, commits, topic, pause);
    }
}
