package io.github.orderlookup.kafka;

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
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Which topics there are and how many partitions they have, asked from the broker and remembered
 * for a short while.
 *
 * <p>Sending to a topic that does not exist holds the sender for as long as the client waits for
 * metadata; a request could name such topics at will. Thread-safe.
 */
final class TopicDirectory implements AutoCloseable {

    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final Duration MISSING_REMEMBERED = Duration.ofSeconds(5);
    private static final int TIMEOUT_MS = 5_000;

    private final Supplier<Admin> broker;
    private final Clock clock;
    private final ConcurrentMap<String, Entry> known = new ConcurrentHashMap<>();
    private @Nullable Admin admin;

    private record Entry(int partitions, Instant until) {}

    /**
     * @param broker makes the client that asks the broker; called on first use
     */
    TopicDirectory(Supplier<Admin> broker, Clock clock) {
        this.broker = broker;
        this.clock = clock;
    }

    /**
     * The partitions of a topic: 0 when it does not exist or we may not see it, empty when the
     * broker cannot be asked now.
     */
    Optional<Integer> partitions(String topic) {
        Entry entry = known.get(topic);
        if (entry != null && entry.until().isAfter(clock.instant())) {
            return Optional.of(entry.partitions());
        }
        Optional<Integer> asked = ask(topic);
        asked.ifPresent(count -> remember(topic, count));
        return asked;
    }

    /** Forgets a topic, so that the next question goes to the broker. */
    void forget(String topic) {
        known.remove(topic);
    }

    private void remember(String topic, int partitions) {
        Instant now = clock.instant();
        if (known.size() >= 10_000) {
            known.values().removeIf(entry -> !entry.until().isAfter(now));
        }
        Duration time = partitions == 0 ? MISSING_REMEMBERED : REMEMBERED;
        known.put(topic, new Entry(partitions, now.plus(time)));
    }

    private Optional<Integer> ask(String topic) {
        try {
            TopicDescription found =
                    admin().describeTopics(
                                    List.of(topic),
                                    new DescribeTopicsOptions().timeoutMs(TIMEOUT_MS))
                            .allTopicNames()
                            .get(TIMEOUT_MS, TimeUnit.MILLISECONDS)
                            .get(topic);
            return Optional.ofNullable(found).map(topicFound -> topicFound.partitions().size());
        } catch (ExecutionException e) {
            return isMissing(e.getCause()) ? Optional.of(0) : Optional.empty();
        } catch (TimeoutException | KafkaException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static boolean isMissing(@Nullable Throwable cause) {
        return cause instanceof UnknownTopicOrPartitionException
                || cause instanceof TopicAuthorizationException
                || cause instanceof InvalidTopicException;
    }

    private synchronized Admin admin() {
        if (admin == null) {
            admin = broker.get();
        }
        return admin;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(5));
            admin = null;
        }
    }
}
