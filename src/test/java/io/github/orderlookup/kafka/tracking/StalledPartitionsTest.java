package io.github.orderlookup.kafka.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.kafka.KafkaReadiness;
import io.github.orderlookup.kafka.consumer.PollStatus;
import io.github.orderlookup.kafka.producer.PublishHealth;
import io.github.orderlookup.supervision.Supervisor;
import io.github.orderlookup.supervision.Worker;
import io.github.orderlookup.time.ManualClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheck;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StalledPartitionsTest {

    private static final TopicPartition ONE = new TopicPartition("requests", 1);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration STEP = Duration.ofSeconds(3);

    private final ManualClock clock = new ManualClock();
    private final OffsetTracker tracker = new OffsetTracker(clock);
    private final AtomicBoolean explained = new AtomicBoolean();
    private final StalledPartitions stalled =
            new StalledPartitions(tracker, explained::get, PATIENCE, clock);

    private TrackedRecord first;

    @BeforeEach
    void take() {
        first = tracker.take(ONE, 7, 0);
        tracker.take(ONE, 8, 0);
    }

    @Test
    void namesTopicPartitionOffsetAndAgeOfWhatHasNoOutcomeForNoReason() {
        pass(PATIENCE.plus(STEP).plus(STEP));

        assertThat(stalled.count()).isEqualTo(1);
        assertThat(stalled.trouble())
                .hasValueSatisfying(
                        words ->
                                assertThat(words)
                                        .contains("Topic requests", "partition 1", "offset 7")
                                        .contains("306 s"));
    }

    @Test
    void takesReadinessDownUntilTheRequestIsAnswered() {
        KafkaReadiness readiness = readiness();
        pass(PATIENCE);
        assertThat(readiness.call().getState()).isEqualTo(HealthCheck.State.UP);

        pass(STEP.multipliedBy(2));

        assertThat(readiness.call().getState()).isEqualTo(HealthCheck.State.DOWN);
        tracker.done(first);
        assertThat(readiness.call().getState()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void isCalmWhileTheRequestHasAReasonToWait() {
        first.onWaiting(() -> Optional.of("a permit to call"));

        pass(PATIENCE.multipliedBy(10));

        assertThat(stalled.trouble()).isEmpty();
    }

    @Test
    void beginsToCountWhenTheReasonIsGone() {
        AtomicBoolean waits = new AtomicBoolean(true);
        first.onWaiting(() -> waits.get() ? Optional.of("a pause") : Optional.empty());
        pass(PATIENCE.multipliedBy(2));
        waits.set(false);

        pass(PATIENCE.minus(STEP));
        assertThat(stalled.trouble()).isEmpty();
        pass(STEP.multipliedBy(3));

        assertThat(stalled.trouble()).isPresent();
    }

    @Test
    void isCalmWhileReadinessStatesAReasonForAll() {
        explained.set(true);
        pass(PATIENCE.multipliedBy(2));
        explained.set(false);

        pass(PATIENCE);

        assertThat(stalled.trouble()).isEmpty();
    }

    @Test
    void isCalmWhileRequestAfterRequestIsAnswered() {
        TrackedRecord next = first;
        for (long offset = 9; offset < 20; offset++) {
            pass(PATIENCE.minus(STEP));
            TrackedRecord taken = tracker.take(ONE, offset, 0);
            tracker.done(next);
            next = taken;
            tracker.heads().forEach(head -> tracker.done(head.record()));
        }

        assertThat(stalled.trouble()).isEmpty();
    }

    @Test
    void namesAtOnceWhatFailsAgainAndAgain() {
        first.failed("IllegalStateException");
        first.failed("IllegalStateException");
        assertThat(stalled.trouble()).isEmpty();

        first.failed("IllegalStateException");

        assertThat(stalled.trouble())
                .hasValueSatisfying(
                        words ->
                                assertThat(words)
                                        .contains("offset 7", "3 times", "IllegalStateException"));
    }

    @Test
    void namesARequestThatWasDroppedWhileTheProcessGoesOn() {
        tracker.drop(first);

        pass(PATIENCE.plus(STEP).plus(STEP));

        assertThat(stalled.trouble()).isPresent();
    }

    @Test
    void concludesNothingFromATimeInWhichTheProcessStoodStill() {
        pass(STEP);

        clock.advance(PATIENCE.multipliedBy(10));
        stalled.check();

        assertThat(stalled.trouble()).isEmpty();
    }

    private Worker worker(String name) {
        return new Supervisor(clock, thrown -> {}).worker(name, Duration.ofDays(1));
    }

    private KafkaReadiness readiness() {
        PollStatus status = new PollStatus(worker("poll"), "group", clock);
        status.progress(true);
        return new KafkaReadiness(
                status,
                new PublishHealth(worker("publish"), clock),
                tracker,
                stalled,
                Stream::empty);
    }

    /** Time passes while it is looked every few seconds. */
    private void pass(Duration time) {
        for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minus(STEP)) {
            clock.advance(STEP);
            stalled.check();
        }
    }
}
