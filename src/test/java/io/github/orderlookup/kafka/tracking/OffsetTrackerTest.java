package io.github.orderlookup.kafka.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.time.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OffsetTrackerTest {

    private static final TopicPartition ZERO = new TopicPartition("requests", 0);
    private static final TopicPartition ONE = new TopicPartition("requests", 1);

    private final OffsetTracker tracker = new OffsetTracker(new ManualClock());

    @Test
    void commitsTheOffsetAfterTheLastAnswer() {
        tracker.done(tracker.take(ZERO, 7, 0));

        assertThat(tracker.committable()).isEqualTo(upTo(ZERO, 8));
    }

    @Test
    void commitsNothingBeyondAnUnansweredRequest() {
        TrackedRecord first = tracker.take(ZERO, 0, 0);
        TrackedRecord second = tracker.take(ZERO, 1, 0);
        TrackedRecord third = tracker.take(ZERO, 2, 0);

        tracker.done(first);
        tracker.done(third);
        assertThat(tracker.committable()).isEqualTo(upTo(ZERO, 1));
        tracker.done(second);

        assertThat(tracker.committable()).isEqualTo(upTo(ZERO, 3));
    }

    @Test
    void commitsOverOffsetsThatHoldNoRecord() {
        tracker.done(tracker.take(ZERO, 3, 0));
        tracker.done(tracker.take(ZERO, 90, 0));

        assertThat(tracker.committable()).isEqualTo(upTo(ZERO, 91));
    }

    @Test
    void commitsNothingBeyondADroppedRequest() {
        TrackedRecord dropped = tracker.take(ZERO, 0, 0);
        TrackedRecord answered = tracker.take(ZERO, 1, 0);

        tracker.drop(dropped);
        tracker.done(answered);

        assertThat(tracker.committable()).isEmpty();
    }

    @Test
    void keepsPartitionsApart() {
        tracker.take(ZERO, 0, 0);
        tracker.done(tracker.take(ONE, 5, 0));

        assertThat(tracker.committable()).isEqualTo(upTo(ONE, 6));
    }

    @Test
    void commitsNothingTwice() {
        tracker.done(tracker.take(ZERO, 0, 0));

        tracker.committed(tracker.committable());

        assertThat(tracker.committable()).isEmpty();
    }

    @Test
    void commitsAgainWhatTheBrokerHasNotTaken() {
        tracker.done(tracker.take(ZERO, 0, 0));

        tracker.committable();

        assertThat(tracker.committable()).isEqualTo(upTo(ZERO, 1));
    }

    @Test
    void countsARequestAsPendingUntilItIsCommitted() {
        TrackedRecord first = tracker.take(ZERO, 0, 0);
        tracker.take(ZERO, 1, 0);

        tracker.done(first);
        assertThat(tracker.pending()).isEqualTo(2);
        tracker.committed(tracker.committable());

        assertThat(tracker.pending()).isEqualTo(1);
    }

    @Test
    void countsAsPendingWhatIsAnsweredWhileACommitIsUnderWay() {
        TrackedRecord first = tracker.take(ZERO, 0, 0);
        TrackedRecord second = tracker.take(ZERO, 1, 0);
        tracker.done(first);
        Map<TopicPartition, OffsetAndMetadata> underWay = tracker.committable();
        tracker.done(second);

        tracker.committed(underWay);

        assertThat(tracker.pending()).isEqualTo(1);
        assertThat(tracker.committable()).isEqualTo(upTo(ZERO, 2));
    }

    @Test
    void settlesARequestOnce() {
        TrackedRecord tracked = tracker.take(ZERO, 0, 0);

        tracker.drop(tracked);
        tracker.done(tracked);

        assertThat(tracker.committable()).isEmpty();
    }

    @Test
    void countsNothingOfAPartitionThatIsForgotten() {
        tracker.take(ZERO, 0, 0);
        tracker.done(tracker.take(ZERO, 1, 0));
        tracker.take(ONE, 0, 0);

        tracker.forget(List.of(ZERO));

        assertThat(tracker.pending()).isEqualTo(1);
    }

    @Test
    void commitsNothingOfAPartitionThatIsForgotten() {
        TrackedRecord tracked = tracker.take(ZERO, 0, 0);

        tracker.forget(List.of(ZERO));
        tracker.done(tracked);

        assertThat(tracker.committable()).isEmpty();
    }

    @Test
    void doesNotMixUpAPartitionThatComesBackWithWhatItWas() {
        TrackedRecord before = tracker.take(ZERO, 0, 0);
        tracker.forget(List.of(ZERO));
        tracker.take(ZERO, 0, 0);

        tracker.done(before);

        assertThat(tracker.committable()).isEmpty();
        assertThat(tracker.pending()).isEqualTo(1);
    }

    @Test
    void commitsAPartitionThatComesBackFromAnEarlierOffset() {
        tracker.done(tracker.take(ZERO, 9, 0));
        tracker.committed(tracker.committable());
        tracker.forget(List.of(ZERO));

        tracker.done(tracker.take(ZERO, 4, 0));

        assertThat(tracker.committable()).isEqualTo(upTo(ZERO, 5));
    }

    @Test
    void isDrainedWhenNothingIsUnderWay() throws Exception {
        tracker.done(tracker.take(ZERO, 0, 0));
        tracker.drop(tracker.take(ZERO, 1, 0));
        tracker.take(ONE, 0, 0);

        assertThat(tracker.drain(List.of(ZERO), 0, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void isNotDrainedWhenTheTimeRunsOutFirst() throws Exception {
        tracker.take(ZERO, 0, 0);

        assertThat(tracker.drain(List.of(ZERO, ONE), 1, TimeUnit.MILLISECONDS)).isFalse();
    }

    @Test
    @Timeout(20)
    void isDrainedAsSoonAsTheLastRequestIsSettled() throws Exception {
        TrackedRecord last = tracker.take(ZERO, 0, 0);
        CompletableFuture<Void> settled = CompletableFuture.runAsync(() -> tracker.done(last));

        boolean drained = tracker.drain(List.of(ZERO), 1, TimeUnit.HOURS);

        settled.get(10, TimeUnit.SECONDS);
        assertThat(drained).isTrue();
    }

    @Test
    void followsOffsetsThatGoBack() {
        TrackedRecord before = tracker.take(ZERO, 8, 0);
        tracker.done(before);
        tracker.committed(tracker.committable());
        tracker.take(ZERO, 9, 0);

        TrackedRecord anew = tracker.take(ZERO, 0, 0);
        tracker.done(anew);

        assertThat(tracker.committable()).isEqualTo(upTo(ZERO, 1));
        assertThat(tracker.pending()).isEqualTo(1);
    }

    @Test
    void followsAnOffsetThatIsTakenTwice() {
        tracker.done(tracker.take(ZERO, 8, 0));
        tracker.take(ZERO, 9, 0);

        tracker.done(tracker.take(ZERO, 9, 0));

        assertThat(tracker.committable()).isEqualTo(upTo(ZERO, 10));
        assertThat(tracker.pending()).isEqualTo(1);
    }

    @Test
    void commitsNothingForTheOldOffsetsOfAPartitionThatBeganAnew() {
        TrackedRecord before = tracker.take(ZERO, 8, 0);
        tracker.take(ZERO, 0, 0);

        tracker.done(before);

        assertThat(tracker.committable()).isEmpty();
        assertThat(tracker.pending()).isEqualTo(1);
    }

    @Test
    void commitsAnOffsetBelowTheCommittedOneAfterAPartitionBeganAnew() {
        tracker.done(tracker.take(ZERO, 8, 0));
        tracker.committed(tracker.committable());
        tracker.restart(List.of(ZERO));

        tracker.done(tracker.take(ZERO, 3, 0));
        tracker.committed(tracker.committable());

        assertThat(tracker.pending()).isZero();
        assertThat(tracker.committable()).isEmpty();
    }

    @Test
    void countsTheBytesOfARequestUntilItIsSettled() {
        TrackedRecord first = tracker.take(ZERO, 0, 100);
        TrackedRecord second = tracker.take(ZERO, 1, 10);
        TrackedRecord forgotten = tracker.take(ONE, 0, 1);
        tracker.forget(List.of(ONE));

        assertThat(tracker.bytes()).isEqualTo(111);
        tracker.done(second);
        assertThat(tracker.bytes()).isEqualTo(101);
        tracker.drop(first);
        tracker.done(forgotten);

        assertThat(tracker.bytes()).isZero();
    }

    @Test
    void abandonsTheRequestsOfAForgottenPartition() {
        List<String> abandoned = new ArrayList<>();
        tracker.take(ZERO, 0, 0).onAbandoned(() -> abandoned.add("under way"));
        TrackedRecord answered = tracker.take(ZERO, 1, 0);
        answered.onAbandoned(() -> abandoned.add("answered"));
        tracker.done(answered);
        tracker.take(ONE, 0, 0).onAbandoned(() -> abandoned.add("another partition"));
        TrackedRecord late = tracker.take(ZERO, 2, 0);

        tracker.forget(List.of(ZERO));
        late.onAbandoned(() -> abandoned.add("late"));

        assertThat(abandoned).containsExactly("under way", "late");
    }

    @Test
    void keepsTheRequestsOfAPartitionThatBeganAnew() {
        List<String> abandoned = new ArrayList<>();
        tracker.take(ZERO, 5, 0).onAbandoned(() -> abandoned.add("under way"));

        tracker.take(ZERO, 0, 0);
        tracker.restart(List.of(ZERO));

        assertThat(abandoned).isEmpty();
    }

    @Test
    void namesTheOldestRequestWithoutAnOutcome() {
        tracker.done(tracker.take(ONE, 0, 0));
        tracker.take(ZERO, 4, 0);
        tracker.take(ONE, 1, 0);

        assertThat(tracker.oldest())
                .hasValueSatisfying(
                        oldest -> {
                            assertThat(oldest.partition()).isEqualTo(ZERO);
                            assertThat(oldest.offset()).isEqualTo(4);
                        });
    }

    private static Map<TopicPartition, OffsetAndMetadata> upTo(
            TopicPartition partition, long offset) {
        return Map.of(partition, new OffsetAndMetadata(offset));
    }
}
