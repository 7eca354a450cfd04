package io.github.orderlookup.cli.redrive;

import io.github.orderlookup.cli.broker.AdminCommands;
import io.github.orderlookup.cli.broker.BrokerAnswer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupAuthorizationException;

/**
 * How far the runs have come: the offsets of a consumer group without members.
 *
 * <p>Before a batch is sent, its end is noted as metadata of the offset at its beginning, so that
 * the run after one that was cut off knows which requests may have been sent. Not thread-safe.
 */
final class GroupOffsets {

    private static final Pattern SENDING = Pattern.compile("sending up to ([0-9]{1,18})");

    private final Consumer<?, ?> consumer;
    private final String group;

    /** As this run has read and written them. */
    private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();

    private final Map<TopicPartition, CutOff> cutOff = new HashMap<>();

    /** The batch that a run before this one has not ended. */
    private record CutOff(long begin, long end) {
        static final CutOff NONE = new CutOff(0, 0);
    }

    GroupOffsets(Consumer<?, ?> consumer, String group) {
        this.consumer = consumer;
        this.group = group;
    }

    /** Reads them; partitions that the runs have not met yet are left out. */
    Map<TopicPartition, Long> read(List<TopicPartition> partitions) throws RedriveFailure {
        committed.putAll(fetch(Set.copyOf(partitions)));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        committed.forEach(
                (partition, offset) -> {
                    offsets.put(partition, offset.offset());
                    cutOff.put(
                            partition, new CutOff(offset.offset(), sendingUpTo(offset.metadata())));
                });
        return offsets;
    }

    private static long sendingUpTo(String metadata) {
        Matcher sending = SENDING.matcher(metadata);
        return sending.matches() ? Long.parseLong(sending.group(1)) : 0;
    }

    /** Whether a run that was cut off may have sent the request of this record. */
    boolean mayBeSent(TopicPartition partition, long offset) {
        CutOff batch = cutOff.getOrDefault(partition, CutOff.NONE);
        return offset >= batch.begin() && offset < batch.end();
    }

    /**
     * Notes how far the run has come.
     *
     * @param unsure behind the last record of each partition that is about to be sent, or may have
     *     been sent and is not known to be
     * @throws RedriveFailure also when another run has committed meanwhile
     */
    void commit(Map<TopicPartition, Long> positions, Map<TopicPartition, Long> unsure)
            throws RedriveFailure {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        positions.forEach(
                (partition, position) ->
                        offsets.put(
                                partition,
                                new OffsetAndMetadata(
                                        position,
                                        metadata(
                                                position,
                                                Math.max(
                                                        unsure.getOrDefault(partition, 0L),
                                                        endOfCutOff(partition))))));
        if (!offsets.equals(committed)) {
            requireNoOther(positions.keySet());
            ask(
                    () -> {
                        consumer.commitSync(offsets);
                        return offsets;
                    });
            committed.putAll(offsets);
        }
    }

    /** Groups without members do not keep two runs apart; their offsets tell. */
    private void requireNoOther(Set<TopicPartition> partitions) throws RedriveFailure {
        if (!fetch(partitions).equals(committed)) {
            throw RedriveFailure.of(
                    "Another run of redrive is under way: the offsets of the group "
                            + group
                            + " have changed.",
                    "Wait for it to end, then run this one again.");
        }
    }

    private long endOfCutOff(TopicPartition partition) {
        return cutOff.getOrDefault(partition, CutOff.NONE).end();
    }

    private static String metadata(long position, long unsureEnd) {
        return unsureEnd > position ? "sending up to " + unsureEnd : "";
    }

    private Map<TopicPartition, OffsetAndMetadata> fetch(Set<TopicPartition> partitions)
            throws RedriveFailure {
        Map<TopicPartition, OffsetAndMetadata> found = new HashMap<>();
        ask(() -> consumer.committed(partitions))
                .forEach(
                        (partition, offset) -> {
                            if (offset != null) {
                                found.put(
                                        partition,
                                        new OffsetAndMetadata(offset.offset(), offset.metadata()));
                            }
                        });
        return found;
    }

    private <T> T ask(Supplier<T> question) throws RedriveFailure {
        try {
            return question.get();
        } catch (GroupAuthorizationException e) {
            throw RedriveFailure.of(
                    "READ is not allowed on the group " + group + ".",
                    AdminCommands.grant("group", group, AclOperation.READ));
        } catch (KafkaException e) {
            throw RedriveFailure.of("The group " + group, BrokerAnswer.refused(e));
        }
    }
}
