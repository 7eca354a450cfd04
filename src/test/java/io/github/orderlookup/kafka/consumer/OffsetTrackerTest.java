package io.github.orderlookup.kafka.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.kafka.consumer.OffsetTracker.Ticket;
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
        tracker.done(tracker.take(ZERO, 7));

        assertThat(tracker.committable()).isEqualTo(upTo(ZERO, 8));
    }

    @Test
    void commitsNothingBeyondAnUnansweredRequest() {
        Ticket first = tracker.take(ZERO, 0);
        Ticket second = tracker.take(ZERO, 1);
        Ticket third = tracker.take(ZERO, 2);

        tracker.done(first);
        tracker.done(third);
        assertThat(tracker.committable()).isEqualTo(upTo(ZERO, 1));
        tracker.done(second);

        assertThat(tracker.committable()).isEqualTo(upTo(ZERO, 3));
    }

    @Test
    void commitsOverOffsetsThatHoldNoRecord() {
        tracker.done(tracker.take(ZERO, 3));
        tracker.done(tracker.take(ZERO, 90));

        assertThat(tracker.committable()).isEqualTo(upTo(ZERO, 91));
    }

    @Test
    void commitsNothingBeyondADroppedRequest() {
        Ticket dropped = tracker.take(ZERO, 0);
        Ticket answered = tracker.take(ZERO, 1);

        tracker.drop(dropped);
        tracker.done(answered);

        assertThat(tracker.committable()).isEmpty();
    }

    @Test
    void keepsPartitionsApart() {
        tracker.take(ZERO, 0);
        tracker.done(tracker.take(ONE, 5));

        assertThat(tracker.committable()).isEqualTo(upTo(ONE, 6));
    }

    @Test
    void commitsNothingTwice() {
        tracker.done(tracker.take(ZERO, 0));

        tracker.committed(tracker.committable());

        assertThat(tracker.committable()).isEmpty();
    }

    @Test
    void commitsAgainWhatTheBrokerHasNotTaken() {
        tracker.done(tracker.take(ZERO, 0));

        tracker.committable();

        assertThat(tracker.committable()).isEqualTo(upTo(ZERO, 1));
    }

    @Test
    void countsARequestAsPendingUntilItIsCommitted() {
        Ticket first = tracker.take(ZERO, 0);
        tracker.take(ZERO, 1);

        tracker.done(first);
        assertThat(tracker.pending()).isEqualTo(2);
        tracker.committed(tracker.committable());

        assertThat(tracker.pending()).isEqualTo(1);
    }

    @Test
    void countsAsPendingWhatIsAnsweredWhileACommitIsUnderWay() {
        Ticket first = tracker.take(ZERO, 0);
        Ticket second = tracker.take(ZERO, 1);
        tracker.done(first);
        Map<TopicPartition, OffsetAndMetadata> underWay = tracker.committable();
        tracker.done(second);

        tracker.committed(underWay);

        assertThat(tracker.pending()).isEqualTo(1);
        assertThat(tracker.committable()).isEqualTo(upTo(ZERO, 2));
    }

    @Test
    void settlesARequestOnce() {
        Ticket ticket = tracker.take(ZERO, 0);

        tracker.drop(ticket);
        tracker.done(ticket);

        assertThat(tracker.committable()).isEmpty();
    }

    @Test
    void countsNothingOfAPartitionThatIsForgotten() {
        tracker.take(ZERO, 0);
        tracker.done(tracker.take(ZERO, 1));
        tracker.take(ONE, 0);

        tracker.forget(List.of(ZERO));

        assertThat(tracker.pending()).isEqualTo(1);
    }

    @Test
    void commitsNothingOfAPartitionThatIsForgotten() {
        Ticket ticket = tracker.take(ZERO, 0);

        tracker.forget(List.of(ZERO));
        tracker.done(ticket);

        assertThat(tracker.committable()).isEmpty();
    }

    @Test
    void doesNotMixUpAPartitionThatComesBackWithWhatItWas() {
        Ticket before = tracker.take(ZERO, 0);
        tracker.forget(List.of(ZERO));
        tracker.take(ZERO, 0);

        tracker.done(before);

        assertThat(tracker.committable()).isEmpty();
        assertThat(tracker.pending()).isEqualTo(1);
    }

    @Test
    void commitsAPartitionThatComesBackFromAnEarlierOffset() {
        tracker.done(tracker.take(ZERO, 9));
        tracker.committed(tracker.committable());
        tracker.forget(List.of(ZERO));

        tracker.done(tracker.take(ZERO, 4));

        assertThat(tracker.committable()).isEqualTo(upTo(ZERO, 5));
    }

    @Test
    void isDrainedWhenNothingIsUnderWay() throws Exception {
        tracker.done(tracker.take(ZERO, 0));
        tracker.drop(tracker.take(ZERO, 1));
        tracker.take(ONE, 0);

        assertThat(tracker.drain(List.of(ZERO), 0, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void isNotDrainedWhenTheTimeRunsOutFirst() throws Exception {
        tracker.take(ZERO, 0);

        assertThat(tracker.drain(List.of(ZERO, ONE), 1, TimeUnit.MILLISECONDS)).isFalse();
    }

    @Test
    @Timeout(20)
    void isDrainedAsSoonAsTheLastRequestIsSettled() throws Exception {
        Ticket last = tracker.take(ZERO, 0);
        CompletableFuture<Void> settled = CompletableFuture.runAsync(() -> tracker.done(last));

        boolean drained = tracker.drain(List.of(ZERO), 1, TimeUnit.HOURS);

        settled.get(10, TimeUnit.SECONDS);
        assertThat(drained).isTrue();
    }

    @Test
    void followsOffsetsThatGoBack() {
        Ticket before = tracker.take(ZERO, 8);
        tracker.done(before);
        tracker.committed(tracker.committable());
        tracker.take(ZERO, 9);

        Ticket anew = tracker.take(ZERO, 0);
        tracker.done(anew);

        assertThat(tracker.committable()).isEqualTo(upTo(ZERO, 1));
        assertThat(tracker.pending()).isEqualTo(1);
    }

    @Test
    void followsAnOffsetThatIsTakenTwice() {
        tracker.done(tracker.take(ZERO, 8));
        tracker.take(ZERO, 9);

        tracker.done(tracker.take(ZERO, 9));

        assertThat(tracker.committable()).isEqualTo(upTo(ZERO, 10));
        assertThat(tracker.pending()).isEqualTo(1);
    }

    @Test
    void commitsNothingForTheOldOffsetsOfAPartitionThatBeganAnew() {
        Ticket before = tracker.take(ZERO, 8);
        tracker.take(ZERO, 0);

        tracker.done(before);

        assertThat(tracker.committable()).isEmpty();
        assertThat(tracker.pending()).isEqualTo(1);
    }

    @Test
    void commitsAnOffsetBelowTheCommittedOneAfterAPartitionBeganAnew() {
        tracker.done(tracker.take(ZERO, 8));
        tracker.committed(tracker.committable());
        tracker.startAnew(List.of(ZERO));

        tracker.done(tracker.take(ZERO, 3));
        tracker.committed(tracker.committable());

        assertThat(tracker.pending()).isZero();
        assertThat(tracker.committable()).isEmpty();
    }

    @Test
    void countsTheBytesOfARequestUntilItIsSettled() {
        Ticket first = tracker.take(ZERO, 0, 100);
        Ticket second = tracker.take(ZERO, 1, 10);
        Ticket forgotten = tracker.take(ONE, 0, 1);
        tracker.forget(List.of(ONE));

        assertThat(tracker.bytes()).isEqualTo(111);
        tracker.done(second);
        assertThat(tracker.bytes()).isEqualTo(101);
        tracker.drop(first);
        tracker.done(forgotten);

        assertThat(tracker.bytes()).isZero();
    }

    @Test
    void tellsTheRequestsOfAForgottenPartition() {
        List<String> told = new ArrayList<>();
        tracker.onAbandoned(tracker.take(ZERO, 0), () -> told.add("under way"));
        Ticket answered = tracker.take(ZERO, 1);
        tracker.onAbandoned(answered, () -> told.add("answered"));
        tracker.done(answered);
        tracker.onAbandoned(tracker.take(ONE, 0), () -> told.add("another partition"));
        Ticket late = tracker.take(ZERO, 2);

        tracker.forget(List.of(ZERO));
        tracker.onAbandoned(late, () -> told.add("late"));

        assertThat(told).containsExactly("under way", "late");
    }

    @Test
    void doesNotTellTheRequestsOfAPartitionThatBeganAnew() {
        List<String> told = new ArrayList<>();
        tracker.onAbandoned(tracker.take(ZERO, 5), () -> told.add("under way"));

        tracker.take(ZERO, 0);
        tracker.startAnew(List.of(ZERO));

        assertThat(told).isEmpty();
    }

    @Test
    void namesTheOldestRequestWithoutAnOutcome() {
        tracker.done(tracker.take(ONE, 0));
        tracker.take(ZERO, 4);
        tracker.take(ONE, 1);

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
