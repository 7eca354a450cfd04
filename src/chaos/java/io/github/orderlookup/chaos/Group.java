package io.github.orderlookup.chaos;

import static org.awaitility.Awaitility.await;

import io.github.orderlookup.system.RunningService;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.ConsumerGroupState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** The consumer group of a service as the broker sees it. */
final class Group {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RunningService service;

    Group(RunningService service) {
        this.service = service;
    }

    /** Waits until the group is at rest with so many members, and says who they are. */
    Set<String> awaitMembers(int count) {
        return await().atMost(PATIENCE)
                .until(this::membersAtRest, members -> members.size() == count);
    }

    /** The ids of the members that have partitions; empty while the group is rebalancing. */
    Set<String> membersAtRest() {
        ConsumerGroupDescription group = describe();
        if (group.state() != ConsumerGroupState.STABLE) {
            return Set.of();
        }
        return group.members().stream()
                .filter(member -> !member.assignment().topicPartitions().isEmpty())
                .map(member -> member.consumerId())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Requests that the group has not committed. */
    long lag() {
        Map<TopicPartition, Long> committed =
                service.client().committedOffsets(service.topics().group());
        Map<TopicPartition, OffsetSpec> requests =
                committed.keySet().stream()
                        .filter(of -> of.topic().equals(service.topics().requests()))
                        .collect(Collectors.toMap(of -> of, of -> OffsetSpec.latest()));
        return done(service.broker().admin().listOffsets(requests).all()).entrySet().stream()
                .mapToLong(end -> end.getValue().offset() - committed.get(end.getKey()))
                .sum();
    }

    private ConsumerGroupDescription describe() {
        String group = service.topics().group();
        return done(
                service.broker()
                        .admin()
                        .describeConsumerGroups(Set.of(group))
                        .describedGroups()
                        .get(group));
    }

    private static <T> T done(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
