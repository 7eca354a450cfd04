package io.github.orderlookup.kafka.consumer;

import io.github.orderlookup.kafka.producer.PublishHealth;
import io.github.orderlookup.lookup.UpstreamHealth;
import io.github.orderlookup.supervision.Supervisor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka consumer that commits what its {@link OffsetTracker} says and pauses while the window is
 * full, outcomes find no way out, or an outage keeps lookups from being answered.
 *
 * <p>A commit is a round trip in which nothing is polled, so there are at most ten a second while
 * there is room. It polls on while it is paused, so that the group never takes it for dead. A
 * partition that is revoked is drained and committed first; one that is lost is forgotten.
 *
 * <p>A poll never fails but for a wake-up or an interruption: the poll thread of camel-kafka ends
 * on an {@code Error}, and repeats at once after an exception. What is thrown becomes a growing
 * pause ({@link PollFailures}); what is about one partition makes that one rest ({@link
 * UnreadablePartitions}). Records that were polled and not taken, through a failure between poll
 * and hand-over, are polled again. When the topic was made anew, it is read from its beginning.
 *
 * <p>As any Kafka consumer: for one thread, but for what is said to be for any.
 */
public class TrackingConsumer extends KafkaConsumer<Object, Object> {

    private static final Logger LOG = LoggerFactory.getLogger(TrackingConsumer.class);
    private static final Duration ALONE_POLL = Duration.ofSeconds(1);
    private static final Duration SHORT_POLL = Duration.ofMillis(20);
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration POSITION_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration LAST_COMMIT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration RETIRE_TIMEOUT = Duration.ofSeconds(2);
    private static final long COMMIT_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long DRAIN_SECONDS = 5;
    private static final long PUBLISH_SECONDS = 3;
    private static final long LAST_DRAIN_SECONDS = 20;
    private static final long HOPELESS_DRAIN_SECONDS = 3;

    private final OffsetTracker tracker;
    private final Limits limits;
    private final PublishHealth publishing;
    private final UpstreamHealth health;
    private final PollStatus status;
    private final TopicWatch topic;
    private final Supervisor supervisor;
    private final BooleanSupplier stopping;
    private final Semaphore woken = new Semaphore(0);
    private final Map<TopicPartition, Handed> handed = new HashMap<>();
    private @Nullable Metric connections;
    private @Nullable Uuid topicId;
    private boolean paused;
    private boolean mustRewind;
    private final Deque<TopicPartition> suspects = new ArrayDeque<>();
    private long commitTriedAt = System.nanoTime();
    private volatile long polledAt = System.nanoTime();
    private volatile boolean retired;
    private volatile @Nullable Thread polledBy;

    /**
     * What may be held of requests.
     *
     * @param pending requests taken and not yet committed; no poll may bring more
     * @param pollRecords what one poll brings at most
     * @param bytes memory of requests without an outcome; polling pauses above it
     */
    public record Limits(int pending, int pollRecords, long bytes) {

        /** Polling pauses while more are pending. */
        public int pauseAbove() {
            return pending - pollRecords;
        }
    }

    /** Offsets that the last poll brought of a partition. */
    private record Handed(long first, long last) {}

    /**
     * @param publishing while it is stuck, polling pauses
     * @param health during an outage polling pauses, but for single records that are wanted
     * @param status notes how polling goes on
     * @param topic knows when the request topic is another one
     * @param supervisor learns of each {@code Error}
     * @param stopping whether the process stops
     */
    public TrackingConsumer(
            Properties properties,
            OffsetTracker tracker,
            Limits limits,
            PublishHealth publishing,
            UpstreamHealth health,
            PollStatus status,
            TopicWatch topic,
            Supervisor supervisor,
            BooleanSupplier stopping) {
        super(properties);
        this.stopping = stopping;
        this.tracker = tracker;
        this.limits = limits;
        this.publishing = publishing;
        this.health = health;
        this.status = status;
        this.topic = topic;
        this.supervisor = supervisor;
    }

    @Override
    public ConsumerRecords<Object, Object> poll(Duration timeout) {
        if (retired) {
            throw new WakeupException();
        }
        polledAt = System.nanoTime();
        polledBy = Thread.currentThread();
        Duration rest = status.failures().backOff();
        if (rest.compareTo(Duration.ZERO) > 0) {
            rest(rest.compareTo(timeout) < 0 ? rest : timeout);
            return ConsumerRecords.empty();
        }
        try {
            ConsumerRecords<Object, Object> records = pollOnce(timeout);
            status.failures().succeeded();
            status.progress(isConnected());
            return records;
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            status.failures().failed(e);
        } catch (Error e) {
            status.failures().failed(e);
            supervisor.onError("Polling Kafka", e);
        }
        return ConsumerRecords.empty();
    }

    /** How long ago the poll thread last came to poll. For any thread. */
    Duration sincePoll() {
        return Duration.ofNanos(System.nanoTime() - polledAt);
    }

    /**
     * Another consumer takes its place. One whose thread has ended is closed, and its partitions
     * are free at once; one whose thread hangs changes nothing any more, should it come back. For
     * any thread.
     */
    void retire() {
        try {
            close(RETIRE_TIMEOUT);
        } catch (RuntimeException e) {
            LOG.warn("The consumer whose thread does not come back could not be closed", e);
        } finally {
            retired = true;
        }
    }

    /** Waits until the next poll may be made, or the consumer is woken up to stop. */
    private void rest(Duration time) {
        try {
            boolean unused = woken.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /**
     * Whether this thread made the last poll: what another hands over was polled by a consumer that
     * has been replaced, and is polled again by this one.
     */
    public boolean isPolledBy(Thread thread) {
        return thread.equals(polledBy);
    }

    /** Ends the poll that is under way, or the wait before the next one. For any thread. */
    @Override
    public void wakeup() {
        woken.release();
        super.wakeup();
    }

    private ConsumerRecords<Object, Object> pollOnce(Duration timeout) {
        if (mustRewind) {
            rewind();
        }
        pollAgainWhatWasNotTaken();
        followTheTopic();
        if (isFull() || System.nanoTime() - commitTriedAt >= COMMIT_EVERY_NANOS) {
            commit();
        }
        boolean outage = health.outage().isPresent();
        pauseOrResume(outage);
        ConsumerRecords<Object, Object> records =
                pollReadable(tracker.pending() == 0 || outage ? timeout : SHORT_POLL);
        note(records);
        return outage && records.count() > 1 ? onlyOne(records) : records;
    }

    /** A failure between the last poll and now, and its records would be passed over. */
    private void pollAgainWhatWasNotTaken() {
        Set<TopicPartition> ours = handed.isEmpty() ? Set.of() : assignment();
        handed.forEach(
                (partition, offsets) -> {
                    long taken = tracker.lastTaken(partition);
                    if (taken < offsets.last() && ours.contains(partition)) {
                        seek(partition, Math.max(offsets.first(), taken + 1));
                    }
                });
        handed.clear();
    }

    private void note(ConsumerRecords<Object, Object> records) {
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<Object, Object>> some = records.records(partition);
            long first = some.get(0).offset();
            if (first <= tracker.lastTaken(partition)) {
                LOG.warn("The offsets of {} go back to {}: answered from there", partition, first);
                tracker.restart(List.of(partition));
            }
            handed.put(partition, new Handed(first, some.get(some.size() - 1).offset()));
        }
    }

    /** Reads a topic that was made anew from its beginning. */
    private void followTheTopic() {
        Uuid now = topic.id();
        if (now == null || now.equals(topicId)) {
            return;
        }
        if (topicId != null && !assignment().isEmpty()) {
            LOG.warn("The request topic was made anew: it is read from its beginning");
            tracker.restart(assignment());
            assignment().forEach(status.unreadable()::remove);
            seekToBeginning(assignment());
        }
        topicId = now;
    }

    private void pauseOrResume(boolean outage) {
        boolean stop = outage ? isFull() || !health.takesOneMore() : isHeldUp();
        say(outage);
        List<TopicPartition> resting = status.unreadable().backingOff();
        if (stop) {
            pause(assignment());
        } else if (paused || !status.unreadable().isEmpty()) {
            resume(without(paused(), resting));
        }
        paused = stop;
    }

    private boolean isHeldUp() {
        return publishing.isStuck() || isFull();
    }

    /** Says why polling takes no records, where that is on purpose. */
    private void say(boolean outage) {
        Optional<String> unpublished = publishing.trouble();
        if (unpublished.isPresent()) {
            status.pause(PauseReason.OUTCOMES, unpublished.get());
        } else if (outage) {
            status.pause(PauseReason.OUTAGE, health.outage().orElse("an outage"));
        } else if (tracker.bytes() > limits.bytes()) {
            status.pause(
                    PauseReason.MEMORY,
                    "requests without an outcome hold " + tracker.bytes() + " bytes");
        } else if (isFull()) {
            status.pause(
                    PauseReason.PENDING,
                    "more than " + limits.pauseAbove() + " requests are taken and not committed");
        } else {
            status.resume();
        }
    }

    private static List<TopicPartition> without(
            Collection<TopicPartition> some, Collection<TopicPartition> others) {
        List<TopicPartition> left = new ArrayList<>(some);
        left.removeAll(others);
        return left;
    }

    /** Polls; a partition that cannot be read rests, and the others go on. */
    private ConsumerRecords<Object, Object> pollReadable(Duration timeout) {
        TopicPartition suspect = nextSuspect();
        if (suspect != null) {
            return pollAlone(suspect);
        }
        ConsumerRecords<Object, Object> records;
        try {
            records = super.poll(timeout);
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (VirtualMachineError e) {
            mustRewind = true;
            throw e;
        } catch (RuntimeException | Error e) {
            if (!(e instanceof KafkaException)) {
                mustRewind = true;
                rewind();
            }
            Optional<TopicPartition> named =
                    UnreadablePartitions.named(e, without(assignment(), resting()));
            if (named.isPresent()) {
                return setAside(named.get(), e);
            }
            return mayBeOfOnePartition(e) ? find(e) : raise(e);
        }
        noteReadable();
        return records;
    }

    /**
     * Goes back to what was not taken: a poll that ends by an {@code Error} has moved on past
     * records that it has not returned, of any partition. What the client has fetched it keeps, and
     * would go on behind the record that failed: a poll from other offsets makes it throw that
     * away.
     */
    private void rewind() {
        Set<TopicPartition> ours = assignment();
        ours.forEach(partition -> seek(partition, beyond(partition)));
        try {
            super.poll(Duration.ZERO);
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("Nothing of this poll counts", e);
        }
        Set<TopicPartition> untouched = new HashSet<>();
        for (TopicPartition partition : assignment()) {
            long taken = tracker.lastTaken(partition);
            if (taken < 0) {
                untouched.add(partition);
            } else {
                seek(partition, taken + 1);
            }
        }
        if (!untouched.isEmpty()) {
            committed(untouched, COMMIT_TIMEOUT).forEach(this::seekToCommitted);
        }
        mustRewind = false;
    }

    /** An offset at which nothing of the partition has been fetched. */
    private long beyond(TopicPartition partition) {
        return Math.max(tracker.lastTaken(partition), position(partition, POSITION_TIMEOUT))
                + limits.pending()
                + 1;
    }

    private void seekToCommitted(TopicPartition partition, @Nullable OffsetAndMetadata committed) {
        if (committed == null || TopicWatch.isOfAnother(committed.metadata(), topic.id())) {
            seekToBeginning(List.of(partition));
        } else {
            seek(partition, committed.offset());
        }
    }

    private List<TopicPartition> resting() {
        return status.unreadable().backingOff();
    }

    private void noteReadable() {
        UnreadablePartitions unreadable = status.unreadable();
        if (unreadable.isEmpty()) {
            return;
        }
        unreadable.retain(assignment());
        for (TopicPartition partition : without(assignment(), resting())) {
            unreadable
                    .offset(partition)
                    .filter(offset -> hasLeft(partition, offset))
                    .ifPresent(offset -> unreadable.remove(partition));
        }
    }

    private boolean hasLeft(TopicPartition partition, long offset) {
        try {
            return position(partition, Duration.ZERO) != offset;
        } catch (KafkaException e) {
            LOG.debug("No position of {} yet", partition, e);
            return false;
        }
    }

    /**
     * Lets a partition rest. The client keeps what it fetched, and would fail with it for ever: a
     * poll from another offset makes it throw that away.
     *
     * @return what came of other partitions meanwhile
     */
    private ConsumerRecords<Object, Object> setAside(TopicPartition partition, Throwable failure) {
        long offset = position(partition, POSITION_TIMEOUT);
        status.unreadable().add(partition, offset, failure);
        return pollBeside(partition, offset);
    }

    private ConsumerRecords<Object, Object> pollBeside(TopicPartition partition, long offset) {
        seek(partition, offset + 1);
        try {
            ConsumerRecords<Object, Object> records = super.poll(Duration.ZERO);
            Map<TopicPartition, List<ConsumerRecord<Object, Object>>> others = new HashMap<>();
            for (TopicPartition other : without(records.partitions(), List.of(partition))) {
                others.put(other, records.records(other));
            }
            return new ConsumerRecords<>(others);
        } finally {
            if (assignment().contains(partition)) {
                seek(partition, offset);
                pause(List.of(partition));
                paused |= status.unreadable().offset(partition).isEmpty();
            }
        }
    }

    /** Whether a failure that names no partition may be that of one. */
    private boolean mayBeOfOnePartition(Throwable failure) {
        return !(failure instanceof AuthorizationException)
                && !(failure instanceof AuthenticationException)
                && (!(failure instanceof ApiException)
                        || failure instanceof CorruptRecordException);
    }

    /**
     * Polls the next of the partitions among which one is searched that fails, alone: if that
     * fails, it is the one. Those that can be read go on meanwhile.
     */
    private ConsumerRecords<Object, Object> pollAlone(TopicPartition suspect) {
        pause(without(assignment(), List.of(suspect)));
        paused = true;
        try {
            return super.poll(ALONE_POLL);
        } catch (WakeupException | InterruptException e) {
            suspects.addFirst(suspect);
            throw e;
        } catch (VirtualMachineError e) {
            mustRewind = true;
            throw e;
        } catch (RuntimeException | Error e) {
            mustRewind = true;
            rewind();
            status.unreadable().add(suspect, position(suspect, POSITION_TIMEOUT), e);
            pause(List.of(suspect));
            return ConsumerRecords.empty();
        }
    }

    private @Nullable TopicPartition nextSuspect() {
        suspects.retainAll(without(assignment(), resting()));
        return paused ? null : suspects.poll();
    }

    /** From the next poll on, finds the partition that fails. */
    private ConsumerRecords<Object, Object> find(Throwable failure) {
        suspects.clear();
        suspects.addAll(without(assignment(), resting()));
        return raise(failure);
    }

    private static ConsumerRecords<Object, Object> raise(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }

    /** The first of what came; the next poll brings the others again. */
    private ConsumerRecords<Object, Object> onlyOne(ConsumerRecords<Object, Object> records) {
        ConsumerRecord<Object, Object> first = records.iterator().next();
        TopicPartition taken = new TopicPartition(first.topic(), first.partition());
        for (TopicPartition partition : records.partitions()) {
            seek(
                    partition,
                    partition.equals(taken)
                            ? first.offset() + 1
                            : records.records(partition).get(0).offset());
        }
        handed.clear();
        handed.put(taken, new Handed(first.offset(), first.offset()));
        return new ConsumerRecords<>(Map.of(taken, List.of(first)));
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, new Draining(listener));
    }

    /** Closes without waiting for brokers that do not answer. */
    @Override
    public void close() {
        close(CLOSE_TIMEOUT);
    }

    /**
     * Records of our partitions that are not taken yet, as the last fetch of each told. For any
     * thread.
     */
    public double lag() {
        return metrics().values().stream()
                .filter(metric -> isLag(metric.metricName()))
                .mapToDouble(metric -> ((Number) metric.metricValue()).doubleValue())
                .filter(Double::isFinite)
                .sum();
    }

    /** The lag of one partition; that of each client, without the tag, is a maximum. */
    private static boolean isLag(MetricName name) {
        return name.name().equals("records-lag") && name.tags().containsKey("partition");
    }

    /** Whether a poll could bring more than may be pending, or than there is memory for. */
    private boolean isFull() {
        return tracker.pending() > limits.pauseAbove() || tracker.bytes() > limits.bytes();
    }

    private boolean isConnected() {
        if (connections == null) {
            connections =
                    metrics().values().stream()
                            .filter(metric -> isConnectionCount(metric.metricName()))
                            .findAny()
                            .orElse(null);
        }
        return connections != null
                && connections.metricValue() instanceof Number count
                && count.intValue() > 0;
    }

    private static boolean isConnectionCount(MetricName name) {
        return name.name().equals("connection-count") && name.group().equals("consumer-metrics");
    }

    private void commit() {
        commitTriedAt = System.nanoTime();
        Map<TopicPartition, OffsetAndMetadata> offsets = tracker.committable();
        if (offsets.isEmpty()) {
            status.commits().nothingToCommit();
            return;
        }
        String metadata = TopicWatch.metadata(topicId);
        Map<TopicPartition, OffsetAndMetadata> described = new HashMap<>();
        offsets.forEach(
                (partition, offset) ->
                        described.put(partition, new OffsetAndMetadata(offset.offset(), metadata)));
        try {
            commitSync(described, stopping.getAsBoolean() ? LAST_COMMIT_TIMEOUT : COMMIT_TIMEOUT);
            tracker.committed(offsets);
            status.commits().committed();
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            status.commits().failed(offsets, e);
            if (status.log().permits("commit " + e.getClass().getName())) {
                LOG.warn("Offsets were not committed, and will be with a later poll", e);
            }
        }
    }

    /** Drains and commits before a partition goes, whatever else listens. */
    private final class Draining implements ConsumerRebalanceListener {

        private final ConsumerRebalanceListener next;

        Draining(ConsumerRebalanceListener next) {
            this.next = next;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (!retired) {
                drain(partitions);
                commitOnTheWayOut();
                tracker.forget(partitions);
            }
            next.onPartitionsRevoked(partitions);
        }

        private void drain(Collection<TopicPartition> partitions) {
            try {
                if (!drainInTime(partitions)) {
                    LOG.warn(
                            "Lookups of {} are still under way; another instance will repeat them",
                            partitions);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /**
         * When the process stops, whatever waits is dropped elsewhere, and calls may end. Otherwise
         * the group waits for us: what is not answered soon is left to another instance, and only
         * outcomes on their way to the broker are waited for.
         */
        private boolean drainInTime(Collection<TopicPartition> partitions)
                throws InterruptedException {
            boolean outage = health.outage().isPresent();
            if (stopping.getAsBoolean()) {
                long seconds =
                        publishing.isStuck() || !status.isConnected()
                                ? HOPELESS_DRAIN_SECONDS
                                : LAST_DRAIN_SECONDS;
                return tracker.drain(partitions, outage ? 0 : seconds, TimeUnit.SECONDS);
            }
            if (tracker.drain(partitions, outage ? 0 : DRAIN_SECONDS, TimeUnit.SECONDS)) {
                return true;
            }
            tracker.abandon(partitions);
            return tracker.drain(partitions, PUBLISH_SECONDS, TimeUnit.SECONDS);
        }

        /** A consumer that is woken up to stop still has this commit to make. */
        private void commitOnTheWayOut() {
            try {
                commit();
            } catch (WakeupException wokenUp) {
                commit();
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            if (!retired) {
                LOG.warn("Lost {}: requests under way there will be answered again", partitions);
                tracker.forget(partitions);
            }
            next.onPartitionsLost(partitions);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            paused = true;
            next.onPartitionsAssigned(partitions);
            if (!partitions.isEmpty()) {
                topic.refresh();
                readAnotherTopicFromItsBeginning(partitions);
            }
        }

        /** Offsets that were committed for a topic of the same name mean nothing in this one. */
        private void readAnotherTopicFromItsBeginning(Collection<TopicPartition> partitions) {
            try {
                Uuid now = topic.id();
                Map<TopicPartition, OffsetAndMetadata> known =
                        committed(new HashSet<>(partitions), COMMIT_TIMEOUT);
                List<TopicPartition> foreign =
                        partitions.stream()
                                .filter(partition -> isForeign(known.get(partition), now))
                                .toList();
                if (!foreign.isEmpty()) {
                    LOG.warn("The request topic was made anew: {} from the start", foreign);
                    seekToBeginning(foreign);
                }
            } catch (WakeupException | InterruptException e) {
                throw e;
            } catch (KafkaException e) {
                LOG.warn("Whether the committed offsets are of this topic is not known", e);
            }
        }

        private static boolean isForeign(@Nullable OffsetAndMetadata offset, @Nullable Uuid id) {
            return offset != null && TopicWatch.isOfAnother(offset.metadata(), id);
        }
    }
}
