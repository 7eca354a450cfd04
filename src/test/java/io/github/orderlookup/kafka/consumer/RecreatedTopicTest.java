package io.github.orderlookup.kafka.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.kafka.LogLimit;
import io.github.orderlookup.kafka.producer.FakeBroker;
import io.github.orderlookup.kafka.producer.TopicDirectory;
import io.github.orderlookup.kafka.tracking.OffsetTracker;
import io.github.orderlookup.time.ManualClock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecreatedTopicTest {

    private static final TopicPartition PARTITION = new TopicPartition("requests", 0);

    private final ManualClock clock = new ManualClock();
    private final FakeBroker broker = new FakeBroker();
    private final TopicWatch watch =
            new TopicWatch(new TopicDirectory(broker::client, clock), "requests");
    private final MockConsumer<Object, Object> client =
            new MockConsumer<>(OffsetResetStrategy.EARLIEST);
    private final OffsetTracker tracker = new OffsetTracker(clock);
    private final RecreatedTopic topic =
            new RecreatedTopic(
                    client, tracker, watch, new UnreadablePartitions(clock, new LogLimit(clock)));

    @BeforeEach
    void readTheTopic() {
        client.assign(List.of(PARTITION));
        client.updateBeginningOffsets(Map.of(PARTITION, 0L));
        client.seek(PARTITION, 12);
        broker.make("requests", 1);
        watch.refresh();
        topic.follow();
    }

    @Test
    void readsATopicOnWhereItIsTheSame() {
        watch.refresh();
        topic.follow();

        assertThat(client.position(PARTITION)).isEqualTo(12);
    }

    @Test
    void readsATopicThatIsMadeAnewFromItsBeginning() {
        tracker.take(PARTITION, 11, 1);
        broker.make("requests", 1);

        watch.refresh();
        topic.follow();

        assertThat(client.position(PARTITION)).isZero();
        assertThat(tracker.pending()).isZero();
    }

    @Test
    void readsAnAssignedPartitionFromItsBeginningWhoseOffsetIsOfTheDeletedTopic() {
        client.commitSync(Map.of(PARTITION, topic.describe(new OffsetAndMetadata(12))));
        broker.make("requests", 1);

        topic.onAssigned(List.of(PARTITION));

        assertThat(client.position(PARTITION)).isZero();
    }

    @Test
    void keepsAnAssignedPartitionWhoseOffsetIsOfThisTopicOrOfNone() {
        client.commitSync(Map.of(PARTITION, topic.describe(new OffsetAndMetadata(12))));

        topic.onAssigned(List.of(PARTITION));

        assertThat(client.position(PARTITION)).isEqualTo(12);
        assertThat(topic.isForeign(new OffsetAndMetadata(12, "of somebody else"))).isFalse();
        assertThat(topic.isForeign(null)).isFalse();
    }
}
