package io.github.orderlookup.kafka.producer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Which topics there are and how many partitions they have, asked from the broker and remembered
 * for a short while. What is missing may have been made a moment ago, so it is asked for again, at
 * most fifty times a second for each topic.
 *
 * <p>Sending to a topic that does not exist holds the sender for as long as the client waits for
 * metadata; a request could name such topics at will. Thread-safe.
 */
public final class TopicDirectory implements AutoCloseable {

    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final Duration ASKED_AGAIN_AFTER = Duration.ofMillis(20);
    private static final int TIMEOUT_MS = 5_000;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final Supplier<Admin> broker;
    private final Clock clock;
    private final ConcurrentMap<String, Entry> known = new ConcurrentHashMap<>();
    private @Nullable Admin admin;
    private boolean closed;

    private record Entry(int partitions, Instant asked) {}

    /**
     * @param broker makes the client that asks the broker; called on first use
     * @param clock monotonic
     */
    public TopicDirectory(Supplier<Admin> broker, Clock clock) {
        this.broker = broker;
        this.clock = clock;
    }

    /**
     * The partitions of a topic: 0 when it does not exist or we may not see it, empty when the
     * broker cannot be asked now.
     */
    public Optional<Integer> partitions(String topic) {
        return partitions(topic, 0);
    }

    /**
     * As {@link #partitions(String)}; asks the broker again when the topic is remembered without
     * the partition of that number.
     */
    Optional<Integer> partitions(String topic, int partition) {
        Entry entry = known.get(topic);
        if (entry != null && isFresh(entry, partition)) {
            return Optional.of(entry.partitions());
        }
        Optional<Integer> asked = ask(topic);
        asked.ifPresent(count -> remember(topic, count));
        return asked;
    }

    private boolean isFresh(Entry entry, int partition) {
        Duration lasts = entry.partitions() > partition ? REMEMBERED : ASKED_AGAIN_AFTER;
        return clock.instant().isBefore(entry.asked().plus(lasts));
    }

    /** Forgets a topic, so that the next question goes to the broker. */
    void forget(String topic) {
        known.remove(topic);
    }

    private void remember(String topic, int partitions) {
        Instant now = clock.instant();
        if (known.size() >= 10_000) {
            known.values().removeIf(entry -> !now.isBefore(entry.asked().plus(REMEMBERED)));
        }
        if (known.size() < 10_000) {
            known.put(topic, new Entry(partitions, now));
        }
    }

    /**
     * The id of a topic, asked from the broker now; empty when the topic does not exist, we may not
     * see it, or the broker does not answer.
     */
    public Optional<Uuid> id(String topic) {
        try {
            return Optional.ofNullable(describe(topic))
                    .map(TopicDescription::topicId)
                    .filter(id -> !Uuid.ZERO_UUID.equals(id));
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Optional<Integer> ask(String topic) {
        try {
            return Optional.ofNullable(describe(topic)).map(found -> found.partitions().size());
        } catch (ExecutionException e) {
            return isMissing(e.getCause()) ? Optional.of(0) : Optional.empty();
        } catch (TimeoutException | KafkaException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private @Nullable TopicDescription describe(String topic)
            throws ExecutionException, TimeoutException, InterruptedException {
        return admin().describeTopics(
                        List.of(topic), new DescribeTopicsOptions().timeoutMs(TIMEOUT_MS))
                .allTopicNames()
                .get(TIMEOUT_MS, TimeUnit.MILLISECONDS)
                .get(topic);
    }

    private static boolean isMissing(@Nullable Throwable cause) {
        return cause instanceof UnknownTopicOrPartitionException
                || cause instanceof TopicAuthorizationException
                || cause instanceof InvalidTopicException;
    }

    private synchronized Admin admin() {
        if (closed) {
            throw new KafkaException("The process stops");
        }
        if (admin == null) {
            admin = broker.get();
        }
        return admin;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (admin != null) {
            admin.close(CLOSE_TIMEOUT);
            admin = null;
        }
    }
}
