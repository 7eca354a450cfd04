package io.github.orderlookup.kafka.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.kafka.consumer.InFlightWindow.Ticket;
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

class InFlightWindowTest {

    private static final TopicPartition ZERO = new TopicPartition("requests", 0);
    private static final TopicPartition ONE = new TopicPartition("requests", 1);

    private final InFlightWindow window = new InFlightWindow(new ManualClock());

    @Test
    void commitsTheOffsetAfterTheLastAnswer() {
        window.done(window.take(ZERO, 7));

        assertThat(window.committable()).isEqualTo(upTo(ZERO, 8));
    }

    @Test
    void commitsNothingBeyondAnUnansweredRequest() {
        Ticket first = window.take(ZERO, 0);
        Ticket second = window.take(ZERO, 1);
        Ticket third = window.take(ZERO, 2);

        window.done(first);
        window.done(third);
        assertThat(window.committable()).isEqualTo(upTo(ZERO, 1));
        window.done(second);

        assertThat(window.committable()).isEqualTo(upTo(ZERO, 3));
    }

    @Test
    void commitsOverOffsetsThatHoldNoRecord() {
        window.done(window.take(ZERO, 3));
        window.done(window.take(ZERO, 90));

        assertThat(window.committable()).isEqualTo(upTo(ZERO, 91));
    }

    @Test
    void commitsNothingBeyondADroppedRequest() {
        Ticket dropped = window.take(ZERO, 0);
        Ticket answered = window.take(ZERO, 1);

        window.drop(dropped);
        window.done(answered);

        assertThat(window.committable()).isEmpty();
    }

    @Test
    void keepsPartitionsApart() {
        window.take(ZERO, 0);
        window.done(window.take(ONE, 5));

        assertThat(window.committable()).isEqualTo(upTo(ONE, 6));
    }

    @Test
    void commitsNothingTwice() {
        window.done(window.take(ZERO, 0));

        window.committed(window.committable());

        assertThat(window.committable()).isEmpty();
    }

    @Test
    void commitsAgainWhatTheBrokerHasNotTaken() {
        window.done(window.take(ZERO, 0));

        window.committable();

        assertThat(window.committable()).isEqualTo(upTo(ZERO, 1));
    }

    @Test
    void countsARequestAsPendingUntilItIsCommitted() {
        Ticket first = window.take(ZERO, 0);
        window.take(ZERO, 1);

        window.done(first);
        assertThat(window.pending()).isEqualTo(2);
        window.committed(window.committable());

        assertThat(window.pending()).isEqualTo(1);
    }

    @Test
    void countsAsPendingWhatIsAnsweredWhileACommitIsUnderWay() {
        Ticket first = window.take(ZERO, 0);
        Ticket second = window.take(ZERO, 1);
        window.done(first);
        Map<TopicPartition, OffsetAndMetadata> underWay = window.committable();
        window.done(second);

        window.committed(underWay);

        assertThat(window.pending()).isEqualTo(1);
        assertThat(window.committable()).isEqualTo(upTo(ZERO, 2));
    }

    @Test
    void settlesARequestOnce() {
        Ticket ticket = window.take(ZERO, 0);

        window.drop(ticket);
        window.done(ticket);

        assertThat(window.committable()).isEmpty();
    }

    @Test
    void countsNothingOfAPartitionThatIsForgotten() {
        window.take(ZERO, 0);
        window.done(window.take(ZERO, 1));
        window.take(ONE, 0);

        window.forget(List.of(ZERO));

        assertThat(window.pending()).isEqualTo(1);
    }

    @Test
    void commitsNothingOfAPartitionThatIsForgotten() {
        Ticket ticket = window.take(ZERO, 0);

        window.forget(List.of(ZERO));
        window.done(ticket);

        assertThat(window.committable()).isEmpty();
    }

    @Test
    void doesNotMixUpAPartitionThatComesBackWithWhatItWas() {
        Ticket before = window.take(ZERO, 0);
        window.forget(List.of(ZERO));
        window.take(ZERO, 0);

        window.done(before);

        assertThat(window.committable()).isEmpty();
        assertThat(window.pending()).isEqualTo(1);
    }

    @Test
    void commitsAPartitionThatComesBackFromAnEarlierOffset() {
        window.done(window.take(ZERO, 9));
        window.committed(window.committable());
        window.forget(List.of(ZERO));

        window.done(window.take(ZERO, 4));

        assertThat(window.committable()).isEqualTo(upTo(ZERO, 5));
    }

    @Test
    void isDrainedWhenNothingIsUnderWay() throws Exception {
        window.done(window.take(ZERO, 0));
        window.drop(window.take(ZERO, 1));
        window.take(ONE, 0);

        assertThat(window.drain(List.of(ZERO), 0, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void isNotDrainedWhenTheTimeRunsOutFirst() throws Exception {
        window.take(ZERO, 0);

        assertThat(window.drain(List.of(ZERO, ONE), 1, TimeUnit.MILLISECONDS)).isFalse();
    }

    @Test
    @Timeout(20)
    void isDrainedAsSoonAsTheLastRequestIsSettled() throws Exception {
        Ticket last = window.take(ZERO, 0);
        CompletableFuture<Void> settled = CompletableFuture.runAsync(() -> window.done(last));

        boolean drained = window.drain(List.of(ZERO), 1, TimeUnit.HOURS);

        settled.get(10, TimeUnit.SECONDS);
        assertThat(drained).isTrue();
    }

    @Test
    void followsOffsetsThatGoBack() {
        Ticket before = window.take(ZERO, 8);
        window.done(before);
        window.committed(window.committable());
        window.take(ZERO, 9);

        Ticket anew = window.take(ZERO, 0);
        window.done(anew);

        assertThat(window.committable()).isEqualTo(upTo(ZERO, 1));
        assertThat(window.pending()).isEqualTo(1);
    }

    @Test
    void followsAnOffsetThatIsTakenTwice() {
        window.done(window.take(ZERO, 8));
        window.take(ZERO, 9);

        window.done(window.take(ZERO, 9));

        assertThat(window.committable()).isEqualTo(upTo(ZERO, 10));
        assertThat(window.pending()).isEqualTo(1);
    }

    @Test
    void commitsNothingForTheOldOffsetsOfAPartitionThatBeganAnew() {
        Ticket before = window.take(ZERO, 8);
        window.take(ZERO, 0);

        window.done(before);

        assertThat(window.committable()).isEmpty();
        assertThat(window.pending()).isEqualTo(1);
    }

    @Test
    void commitsAnOffsetBelowTheCommittedOneAfterAPartitionBeganAnew() {
        window.done(window.take(ZERO, 8));
        window.committed(window.committable());
        window.startAnew(List.of(ZERO));

        window.done(window.take(ZERO, 3));
        window.committed(window.committable());

        assertThat(window.pending()).isZero();
        assertThat(window.committable()).isEmpty();
    }

    @Test
    void countsTheBytesOfARequestUntilItIsSettled() {
        Ticket first = window.take(ZERO, 0, 100);
        Ticket second = window.take(ZERO, 1, 10);
        Ticket forgotten = window.take(ONE, 0, 1);
        window.forget(List.of(ONE));

        assertThat(window.bytes()).isEqualTo(111);
        window.done(second);
        assertThat(window.bytes()).isEqualTo(101);
        window.drop(first);
        window.done(forgotten);

        assertThat(window.bytes()).isZero();
    }

    @Test
    void tellsTheRequestsOfAForgottenPartition() {
        List<String> told = new ArrayList<>();
        window.onAbandoned(window.take(ZERO, 0), () -> told.add("under way"));
        Ticket answered = window.take(ZERO, 1);
        window.onAbandoned(answered, () -> told.add("answered"));
        window.done(answered);
        window.onAbandoned(window.take(ONE, 0), () -> told.add("another partition"));
        Ticket late = window.take(ZERO, 2);

        window.forget(List.of(ZERO));
        window.onAbandoned(late, () -> told.add("late"));

        assertThat(told).containsExactly("under way", "late");
    }

    @Test
    void doesNotTellTheRequestsOfAPartitionThatBeganAnew() {
        List<String> told = new ArrayList<>();
        window.onAbandoned(window.take(ZERO, 5), () -> told.add("under way"));

        window.take(ZERO, 0);
        window.startAnew(List.of(ZERO));

        assertThat(told).isEmpty();
    }

    @Test
    void namesTheOldestRequestWithoutAnOutcome() {
        window.done(window.take(ONE, 0));
        window.take(ZERO, 4);
        window.take(ONE, 1);

        assertThat(window.oldest())
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
