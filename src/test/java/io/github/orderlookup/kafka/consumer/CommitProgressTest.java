package io.github.orderlookup.kafka.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.time.ManualClock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class CommitProgressTest {

    private static final Map<TopicPartition, OffsetAndMetadata> OFFSETS =
            Map.of(new TopicPartition("requests", 3), new OffsetAndMetadata(42));

    private final ManualClock clock = new ManualClock();
    private final CommitProgress commits = new CommitProgress(clock);

    @Test
    void namesWhatTheBrokerDoesNotTakeOnceThatLasts() {
        commits.failed(OFFSETS, new TimeoutException("no"));
        clock.advance(Duration.ofSeconds(89));
        commits.failed(OFFSETS, GroupAuthorizationException.forGroupId("group"));
        assertThat(commits.trouble()).isEmpty();

        clock.advance(Duration.ofSeconds(1));

        assertThat(commits.trouble())
                .hasValueSatisfying(
                        words ->
                                assertThat(words)
                                        .contains("Topic requests", "partition 3", "offset 42")
                                        .contains("90 s", "GroupAuthorizationException"));
    }

    @Test
    void isCalmOnceTheBrokerHasTakenThem() {
        commits.failed(OFFSETS, new TimeoutException("no"));
        clock.advance(Duration.ofMinutes(3));

        commits.committed();

        assertThat(commits.trouble()).isEmpty();
        assertThat(commits.sinceCommit()).isZero();
    }

    @Test
    void isCalmOnceThePartitionIsNotOursAnyMore() {
        commits.failed(OFFSETS, new TimeoutException("no"));
        clock.advance(Duration.ofMinutes(3));

        commits.nothingToCommit();

        assertThat(commits.trouble()).isEmpty();
    }
}
