package io.github.orderlookup.kafka.consumer;

import io.github.orderlookup.kafka.LogLimit;
import io.github.orderlookup.time.Durations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions whose next record cannot be read: its batch is corrupt, or compressed in a way
 * that this JVM cannot decompress. Nothing is skipped: such a partition is tried again after 5
 * seconds, then after twice as long, at most every 30 seconds, while the others go on.
 *
 * <p>The log has one line a minute for each. Thread-safe; the poll thread changes it.
 */
public final class UnreadablePartitions {

    private static final Logger LOG = LoggerFactory.getLogger(UnreadablePartitions.class);
    private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(5);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(30);

    private final Clock clock;
    private final LogLimit log;
    private final Map<TopicPartition, Unreadable> unreadable =
            new ConcurrentSkipListMap<>(Comparator.comparing(TopicPartition::toString));

    private record Unreadable(long offset, String reason, Duration backOff, Instant triedAgainAt) {}

    /**
     * @param clock monotonic
     */
    UnreadablePartitions(Clock clock, LogLimit log) {
        this.clock = clock;
        this.log = log;
    }

    /** The one of these partitions that a failure of a poll is about, if it names one. */
    static Optional<TopicPartition> named(Throwable failure, Collection<TopicPartition> assigned) {
        if (failure instanceof RecordDeserializationException known) {
            return Optional.of(known.topicPartition()).filter(assigned::contains);
        }
        String message = failure.getMessage();
        return message == null
                ? Optional.empty()
                : assigned.stream()
                        .filter(partition -> names(message, partition.toString()))
                        .max(Comparator.comparing(partition -> partition.toString().length()));
    }

    /** Whether a text names a partition, and not one whose name only begins or ends so. */
    private static boolean names(String text, String partition) {
        for (int at = text.indexOf(partition); at >= 0; at = text.indexOf(partition, at + 1)) {
            int end = at + partition.length();
            boolean begins = at == 0 || !isPartOfName(text.charAt(at - 1), false);
            if (begins && (end == text.length() || !isPartOfName(text.charAt(end), true))) {
                return true;
            }
        }
        return false;
    }

    /** A dot after a partition ends the sentence. */
    private static boolean isPartOfName(char c, boolean after) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '_'
                || c == '-'
                || (c == '.' && !after);
    }

    /** The record of the partition at this offset could not be read. */
    void add(TopicPartition partition, long offset, @Nullable Throwable failure) {
        String reason = reason(failure);
        Unreadable before = unreadable.get(partition);
        Duration backOff =
                before == null || before.offset() != offset
                        ? FIRST_BACK_OFF
                        : Durations.min(before.backOff().multipliedBy(2), LONGEST_BACK_OFF);
        unreadable.put(
                partition, new Unreadable(offset, reason, backOff, clock.instant().plus(backOff)));
        if (log.permits("unreadable " + partition)) {
            LOG.error(
                    "Partition {} of {} cannot be read at offset {} and rests, others go on; it is"
                            + " tried again: {}",
                    partition.partition(),
                    partition.topic(),
                    offset,
                    reason);
        }
    }

    /** The message of the last cause; those above it name the place. */
    private static String reason(@Nullable Throwable failure) {
        Throwable last = failure;
        while (last != null && last.getCause() != null && last.getCause() != last) {
            last = last.getCause();
        }
        return last == null ? "its batch is broken" : last.toString();
    }

    /** The partition can be read again, or is read from another offset. */
    void remove(TopicPartition partition) {
        if (unreadable.remove(partition) != null) {
            LOG.info("Partition {} is read again", partition);
        }
    }

    /** Forgets partitions that are not assigned any more. */
    void retain(Collection<TopicPartition> assigned) {
        unreadable.keySet().retainAll(assigned);
    }

    /** Where a partition could not be read; empty when it can. */
    Optional<Long> offset(TopicPartition partition) {
        return Optional.ofNullable(unreadable.get(partition)).map(Unreadable::offset);
    }

    /** These partitions apart from those that back off and are not to be fetched now. */
    List<TopicPartition> withoutBackingOff(Collection<TopicPartition> partitions) {
        Instant now = clock.instant();
        return partitions.stream()
                .filter(
                        partition -> {
                            Unreadable known = unreadable.get(partition);
                            return known == null || !now.isBefore(known.triedAgainAt());
                        })
                .toList();
    }

    boolean isEmpty() {
        return unreadable.isEmpty();
    }

    public int count() {
        return unreadable.size();
    }

    /** What cannot be read, in words; empty when everything can. */
    Optional<String> trouble() {
        return unreadable.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        unreadable.entrySet().stream()
                                .limit(10)
                                .map(entry -> words(entry.getKey(), entry.getValue()))
                                .collect(Collectors.joining(" ")));
    }

    private static String words(TopicPartition partition, Unreadable at) {
        return "Topic "
                + partition.topic()
                + ", partition "
                + partition.partition()
                + " cannot be read at offset "
                + at.offset()
                + ": "
                + at.reason()
                + ".";
    }
}
