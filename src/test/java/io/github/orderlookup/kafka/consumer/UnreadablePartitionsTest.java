package io.github.orderlookup.kafka.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.kafka.LogLimit;
import io.github.orderlookup.time.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnreadablePartitionsTest {

    private static final TopicPartition ONE = new TopicPartition("requests", 1);
    private static final TopicPartition TWELVE = new TopicPartition("requests", 12);

    private final ManualClock clock = new ManualClock();
    private final UnreadablePartitions partitions =
            new UnreadablePartitions(clock, new LogLimit(clock));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Received exception when fetching the next record from requests-1. If needed, seek",
                "Record batch for partition requests-1 at offset 7 is invalid, cause: CRC",
                "Encountered corrupt message when fetching offset 7 for topic-partition requests-1",
                "Failed to make progress reading messages at requests-1=7."
            })
    void findsThePartitionThatAFailureNames(String message) {
        assertThat(UnreadablePartitions.named(new KafkaException(message), Set.of(TWELVE, ONE)))
                .hasValue(ONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nothing at all",
                "something of other-requests-1 is broken",
                "something of requests-10 is broken",
                "something of my.requests-1 is broken"
            })
    void findsNoPartitionThatIsNotNamed(String message) {
        assertThat(UnreadablePartitions.named(new KafkaException(message), Set.of(TWELVE, ONE)))
                .isEmpty();
    }

    @Test
    void backsOffForLongerEachTimeItFails() {
        partitions.add(ONE, 7, new KafkaException("broken"));
        clock.advance(Duration.ofMillis(4_999));
        assertThat(readable()).containsExactly(TWELVE);
        clock.advance(Duration.ofMillis(1));
        assertThat(readable()).containsExactly(ONE, TWELVE);

        partitions.add(ONE, 7, new KafkaException("broken"));
        clock.advance(Duration.ofMillis(9_999));

        assertThat(readable()).containsExactly(TWELVE);
    }

    @Test
    void namesTopicPartitionOffsetAndReasonUntilThePartitionCanBeRead() {
        partitions.add(ONE, 7, new KafkaException("fetching", new KafkaException("bad checksum")));

        assertThat(partitions.trouble())
                .hasValueSatisfying(
                        words ->
                                assertThat(words)
                                        .contains("requests")
                                        .contains("partition 1")
                                        .contains("offset 7")
                                        .contains("bad checksum"));
        partitions.remove(ONE);

        assertThat(partitions.trouble()).isEmpty();
    }

    @Test
    void forgetsAPartitionThatIsNotOursAnyMore() {
        partitions.add(ONE, 7, null);

        partitions.retain(Set.of(TWELVE));

        assertThat(partitions.isEmpty()).isTrue();
    }

    private List<TopicPartition> readable() {
        return partitions.withoutBackingOff(List.of(ONE, TWELVE));
    }
}
