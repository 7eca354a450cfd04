package io.github.orderlookup.kafka.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.kafka.KafkaReadiness;
import io.github.orderlookup.kafka.consumer.OffsetTracker.Ticket;
import io.github.orderlookup.kafka.producer.PublishHealth;
import io.github.orderlookup.supervision.Supervisor;
import io.github.orderlookup.supervision.Worker;
import io.github.orderlookup.time.ManualClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final StalledPartitions heldUp =
            new StalledPartitions(tracker, explained::get, PATIENCE, clock);

    private Ticket first;

    @BeforeEach
    void take() {
        first = tracker.take(ONE, 7);
        tracker.take(ONE, 8);
    }

    @Test
    void namesTopicPartitionOffsetAndAgeOfWhatHasNoOutcomeForNoReason() {
        pass(PATIENCE.plus(STEP).plus(STEP));

        assertThat(heldUp.count()).isEqualTo(1);
        assertThat(heldUp.trouble())
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
        tracker.explain(first, () -> Optional.of("a permit to call"));

        pass(PATIENCE.multipliedBy(10));

        assertThat(heldUp.trouble()).isEmpty();
    }

    @Test
    void beginsToCountWhenTheReasonIsGone() {
        AtomicBoolean waits = new AtomicBoolean(true);
        tracker.explain(first, () -> waits.get() ? Optional.of("a pause") : Optional.empty());
        pass(PATIENCE.multipliedBy(2));
        waits.set(false);

        pass(PATIENCE.minus(STEP));
        assertThat(heldUp.trouble()).isEmpty();
        pass(STEP.multipliedBy(3));

        assertThat(heldUp.trouble()).isPresent();
    }

    @Test
    void isCalmWhileReadinessStatesAReasonForAll() {
        explained.set(true);
        pass(PATIENCE.multipliedBy(2));
        explained.set(false);

        pass(PATIENCE);

        assertThat(heldUp.trouble()).isEmpty();
    }

    @Test
    void isCalmWhileRequestAfterRequestIsAnswered() {
        Ticket next = first;
        for (long offset = 9; offset < 20; offset++) {
            pass(PATIENCE.minus(STEP));
            Ticket taken = tracker.take(ONE, offset);
            tracker.done(next);
            next = taken;
            tracker.heads().forEach(head -> tracker.done(head.ticket()));
        }

        assertThat(heldUp.trouble()).isEmpty();
    }

    @Test
    void namesAtOnceWhatFailsAgainAndAgain() {
        tracker.failed(first, "IllegalStateException");
        tracker.failed(first, "IllegalStateException");
        assertThat(heldUp.trouble()).isEmpty();

        tracker.failed(first, "IllegalStateException");

        assertThat(heldUp.trouble())
                .hasValueSatisfying(
                        words ->
                                assertThat(words)
                                        .contains("offset 7", "3 times", "IllegalStateException"));
    }

    @Test
    void namesARequestThatWasDroppedWhileTheProcessGoesOn() {
        tracker.drop(first);

        pass(PATIENCE.plus(STEP).plus(STEP));

        assertThat(heldUp.trouble()).isPresent();
    }

    @Test
    void concludesNothingFromATimeInWhichTheProcessStoodStill() {
        pass(STEP);

        clock.advance(PATIENCE.multipliedBy(10));
        heldUp.look();

        assertThat(heldUp.trouble()).isEmpty();
    }

    private Worker worker(String name) {
        return new Supervisor(clock, thrown -> {}).worker(name, Duration.ofDays(1));
    }

    private KafkaReadiness readiness() {
        Polling polling = new Polling(worker("poll"), "group", clock);
        polling.progress(true);
        return new KafkaReadiness(
                polling, new PublishHealth(worker("publish"), clock), tracker, heldUp);
    }

    /** Time passes while it is looked every few seconds. */
    private void pass(Duration time) {
        for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minus(STEP)) {
            clock.advance(STEP);
            heldUp.look();
        }
    }
}
