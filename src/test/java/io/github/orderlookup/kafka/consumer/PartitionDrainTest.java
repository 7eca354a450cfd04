package io.github.orderlookup.kafka.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.kafka.producer.PublishHealth;
import io.github.orderlookup.kafka.tracking.OffsetTracker;
import io.github.orderlookup.kafka.tracking.TrackedRecord;
import io.github.orderlookup.lookup.UpstreamHealth;
import io.github.orderlookup.supervision.Supervisor;
import io.github.orderlookup.supervision.Worker;
import io.github.orderlookup.time.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** During an outage no time is given to lookups, so that no test here waits. */
class PartitionDrainTest {

    private static final TopicPartition PARTITION = new TopicPartition("requests", 0);
    private static final TopicPartition OTHER = new TopicPartition("requests", 1);
    private static final UpstreamHealth OUTAGE =
            new UpstreamHealth() {
                @Override
                public Optional<String> outage() {
                    return Optional.of("down");
                }

                @Override
                public boolean takesOneMore() {
                    return false;
                }
            };

    private final ManualClock clock = new ManualClock();
    private final OffsetTracker tracker = new OffsetTracker(clock);
    private final Worker worker =
            new Supervisor(clock, thrown -> {}).worker("poll", Duration.ofDays(1));

    @Test
    void abandonsTheLookupsOfRevokedPartitionsThatDoNotEnd() {
        TrackedRecord revoked = tracker.take(PARTITION, 7, 1);
        TrackedRecord kept = tracker.take(OTHER, 7, 1);
        revoked.onAbandoned(() -> tracker.drop(revoked));

        drain(OUTAGE, false).await(List.of(PARTITION));

        assertThat(revoked.isAbandoned()).isTrue();
        assertThat(kept.isAbandoned()).isFalse();
    }

    @Test
    void abandonsNothingWhenNothingIsUnderWay() {
        TrackedRecord answered = tracker.take(PARTITION, 7, 1);
        tracker.done(answered);

        drain(new HealthyUpstream(), false).await(List.of(PARTITION));

        assertThat(answered.isAbandoned()).isFalse();
    }

    @Test
    void abandonsNothingWhenTheProcessStops() {
        TrackedRecord waiting = tracker.take(PARTITION, 7, 1);

        drain(OUTAGE, true).await(List.of(PARTITION));

        assertThat(waiting.isAbandoned()).isFalse();
    }

    @Test
    void endsWhenItsThreadIsInterrupted() {
        tracker.take(PARTITION, 7, 1);

        Thread.currentThread().interrupt();
        drain(new HealthyUpstream(), false).await(List.of(PARTITION));

        assertThat(Thread.interrupted()).isTrue();
    }

    private PartitionDrain drain(UpstreamHealth health, boolean stopping) {
        return new PartitionDrain(
                tracker,
                new PollLimits(10, 4, 1_000),
                new PublishHealth(worker, clock),
                health,
                new PollStatus(worker, "group", clock),
                () -> stopping);
    }
}
