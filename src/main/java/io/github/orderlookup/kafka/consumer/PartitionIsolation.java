package io.github.orderlookup.kafka.consumer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
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
 * Polls, and isolates a partition whose next record cannot be read: it is paused and backs off,
 * while the others go on. Where the failure names no partition, each is polled alone until the one
 * that fails is found.
 *
 * <p>For the poll thread.
 */
final class PartitionIsolation {

    private static final Logger LOG = LoggerFactory.getLogger(TrackingConsumer.class);
    private static final Duration ALONE_POLL = Duration.ofSeconds(1);
    private static final Duration POSITION_TIMEOUT = Duration.ofSeconds(1);

    private final Consumer<Object, Object> client;
    private final Function<Duration, ConsumerRecords<Object, Object>> poll;
    private final PollRewind rewind;
    private final PollPause pause;
    private final UnreadablePartitions unreadable;
    private final Deque<TopicPartition> suspects = new ArrayDeque<>();

    PartitionIsolation(
            Consumer<Object, Object> client,
            Function<Duration, ConsumerRecords<Object, Object>> poll,
            PollRewind rewind,
            PollPause pause,
            UnreadablePartitions unreadable) {
        this.client = client;
        this.poll = poll;
        this.rewind = rewind;
        this.pause = pause;
        this.unreadable = unreadable;
    }

    /** Polls; a failure that no single partition may have caused is thrown. */
    ConsumerRecords<Object, Object> poll(Duration timeout) {
        TopicPartition suspect = nextSuspect();
        return suspect == null ? pollAll(timeout) : pollAlone(suspect);
    }

    private ConsumerRecords<Object, Object> pollAll(Duration timeout) {
        ConsumerRecords<Object, Object> records;
        try {
            records = poll.apply(timeout);
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (VirtualMachineError e) {
            rewind.request();
            throw e;
        } catch (RuntimeException | Error e) {
            return isolate(e);
        }
        removeReadable();
        return records;
    }

    private ConsumerRecords<Object, Object> isolate(Throwable failure) {
        if (!(failure instanceof KafkaException)) {
            rewind.run();
        }
        Optional<TopicPartition> named = UnreadablePartitions.named(failure, readable());
        if (named.isPresent()) {
            return setAside(named.get(), failure);
        }
        if (mayBeOfOnePartition(failure)) {
            suspects.clear();
            suspects.addAll(readable());
        }
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }

    private List<TopicPartition> readable() {
        return unreadable.withoutBackingOff(client.assignment());
    }

    /** Removes partitions that have moved past the record that could not be read. */
    private void removeReadable() {
        if (unreadable.isEmpty()) {
            return;
        }
        unreadable.retain(client.assignment());
        for (TopicPartition partition : readable()) {
            unreadable
                    .offset(partition)
                    .filter(offset -> hasLeft(partition, offset))
                    .ifPresent(offset -> unreadable.remove(partition));
        }
    }

    private boolean hasLeft(TopicPartition partition, long offset) {
        try {
            return client.position(partition, Duration.ZERO) != offset;
        } catch (KafkaException e) {
            LOG.debug("No position of {} yet", partition, e);
            return false;
        }
    }

    /**
     * Pauses a partition. The client keeps what it fetched, and would fail with it for ever: a poll
     * from another offset makes it discard that.
     *
     * @return what the poll brought of other partitions
     */
    private ConsumerRecords<Object, Object> setAside(TopicPartition partition, Throwable failure) {
        long offset = client.position(partition, POSITION_TIMEOUT);
        unreadable.add(partition, offset, failure);
        client.seek(partition, offset + 1);
        try {
            return without(partition, poll.apply(Duration.ZERO));
        } finally {
            if (client.assignment().contains(partition)) {
                client.seek(partition, offset);
                client.pause(List.of(partition));
                if (unreadable.offset(partition).isEmpty()) {
                    pause.resumeWithNextUpdate();
                }
            }
        }
    }

    private static ConsumerRecords<Object, Object> without(
            TopicPartition partition, ConsumerRecords<Object, Object> records) {
        Map<TopicPartition, List<ConsumerRecord<Object, Object>>> others = new HashMap<>();
        for (TopicPartition other : records.partitions()) {
            if (!other.equals(partition)) {
                others.put(other, records.records(other));
            }
        }
        return new ConsumerRecords<>(others);
    }

    /** Whether one partition may be the cause of a failure that names none. */
    private static boolean mayBeOfOnePartition(Throwable failure) {
        return !(failure instanceof AuthorizationException)
                && !(failure instanceof AuthenticationException)
                && (!(failure instanceof ApiException)
                        || failure instanceof CorruptRecordException);
    }

    private @Nullable TopicPartition nextSuspect() {
        suspects.retainAll(readable());
        return pause.isPaused() ? null : suspects.poll();
    }

    /** Polls one partition; if that fails, it is the one that cannot be read. */
    private ConsumerRecords<Object, Object> pollAlone(TopicPartition suspect) {
        client.pause(client.assignment().stream().filter(other -> !other.equals(suspect)).toList());
        pause.resumeWithNextUpdate();
        try {
            return poll.apply(ALONE_POLL);
        } catch (WakeupException | InterruptException e) {
            suspects.addFirst(suspect);
            throw e;
        } catch (VirtualMachineError e) {
            rewind.request();
            throw e;
        } catch (RuntimeException | Error e) {
            rewind.run();
            unreadable.add(suspect, client.position(suspect, POSITION_TIMEOUT), e);
            client.pause(List.of(suspect));
            return ConsumerRecords.empty();
        }
    }
}
