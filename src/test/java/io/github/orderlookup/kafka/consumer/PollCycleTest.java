package io.github.orderlookup.kafka.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.orderlookup.kafka.producer.PublishHealth;
import io.github.orderlookup.kafka.producer.TopicDirectory;
import io.github.orderlookup.kafka.tracking.OffsetTracker;
import io.github.orderlookup.kafka.tracking.TrackedRecord;
import io.github.orderlookup.lookup.UpstreamHealth;
import io.github.orderlookup.supervision.Supervisor;
import io.github.orderlookup.time.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cycle around a poll, at a consumer without a broker. */
class PollCycleTest {

    private static final TopicPartition ZERO = new TopicPartition("requests", 0);
    private static final TopicPartition ONE = new TopicPartition("requests", 1);
    private static final Duration POLL = Duration.ofMillis(1);

    private final ManualClock clock = new ManualClock();
    private final Supervisor supervisor = new Supervisor(clock, thrown -> {});
    private final PublishHealth publishing =
            new PublishHealth(supervisor.worker("publish", Duration.ofDays(1)), clock);
    private final PollStatus status =
            new PollStatus(supervisor.worker("poll", Duration.ofDays(1)), "group", clock);
    private final OffsetTracker tracker = new OffsetTracker(clock);
    private final MockConsumer<Object, Object> client =
            new MockConsumer<>(OffsetResetStrategy.EARLIEST);
    private final Outage outage = new Outage();
    private final List<ConsumerRecord<Object, Object>> topic = new ArrayList<>();
    private final List<TrackedRecord> taken = new ArrayList<>();
    private final List<Long> offsets = new ArrayList<>();
    private final PollCycle cycle =
            new PollCycle(
                    client,
                    client::poll,
                    tracker,
                    new PollLimits(4, 2, 1_000),
                    publishing,
                    outage,
                    status,
                    new TopicWatch(new TopicDirectory(PollCycleTest::noBroker, clock), "requests"),
                    () -> false);

    @BeforeEach
    void assign() {
        client.subscribe(List.of("requests"));
        client.updateBeginningOffsets(Map.of(ZERO, 0L, ONE, 0L));
        client.rebalance(List.of(ZERO, ONE));
    }

    @Test
    void commitsUpToTheFirstRecordWithoutAnOutcome() {
        hold(ZERO, 3);
        pollAndTake();
        tracker.done(taken.get(0));
        tracker.done(taken.get(2));

        pollAndTake();

        assertThat(committed(ZERO)).isEqualTo(1);
    }

    @Test
    void pausesWhileTooManyRecordsArePending() {
        hold(ZERO, 3);
        pollAndTake();

        pollAndTake();

        assertThat(client.paused()).containsExactlyInAnyOrder(ZERO, ONE);
        assertThat(status.paused().reason()).isEqualTo(PauseReason.PENDING);
    }

    @Test
    void resumesOnceRecordsAreCommitted() {
        hold(ZERO, 3);
        pollAndTake();
        pollAndTake();
        taken.forEach(tracker::done);

        pollAndTake();

        assertThat(client.paused()).isEmpty();
        assertThat(status.paused()).isNull();
    }

    @Test
    void pollsAgainRecordsThatWereNotTaken() {
        hold(ZERO, 3);
        poll();
        assertThat(client.position(ZERO)).isEqualTo(3);

        pollAndTake();

        assertThat(offsets).containsExactly(0L, 1L, 2L);
    }

    @Test
    void takesOneRecordAtATimeDuringAnOutage() {
        hold(ZERO, 2);
        hold(ONE, 1);
        outage.words = Optional.of("an outage");

        pollAndTake();
        assertThat(taken).hasSize(1);
        outage.words = Optional.empty();
        pollAndTake();

        assertThat(taken).hasSize(3);
    }

    @Test
    void takesNoRecordDuringAnOutageThatNeedsNoProbe() {
        hold(ZERO, 1);
        outage.words = Optional.of("an outage");
        outage.takesOneMore = false;

        pollAndTake();

        assertThat(taken).isEmpty();
        assertThat(status.paused().reason()).isEqualTo(PauseReason.OUTAGE);
    }

    @Test
    void isolatesThePartitionThatAFailureNames() {
        hold(ZERO, 1);
        hold(ONE, 2);
        client.setPollException(new KafkaException("cannot read requests-0"));

        poll();
        pollAndTake();

        assertThat(status.unreadable().offset(ZERO)).hasValue(0L);
        assertThat(client.paused()).containsExactly(ZERO);
        assertThat(client.position(ZERO)).isZero();
        assertThat(offsets).containsExactly(0L, 1L);
    }

    @Test
    void pollsEachPartitionAloneAfterAFailureThatNamesNone() {
        hold(ZERO, 1);
        client.setPollException(new KafkaException("something"));
        assertThatThrownBy(this::poll).isInstanceOf(KafkaException.class);

        client.setPollException(new KafkaException("something"));
        poll();

        assertThat(status.unreadable().count()).isEqualTo(1);
    }

    @Test
    void searchesNoPartitionAfterAFailureOfAllOfThem() {
        client.setPollException(new TopicAuthorizationException(Set.of("requests")));
        assertThatThrownBy(this::poll).isInstanceOf(TopicAuthorizationException.class);

        poll();

        assertThat(client.paused()).isEmpty();
        assertThat(status.unreadable().isEmpty()).isTrue();
    }

    @Test
    void restartsAPartitionWhoseOffsetsGoBack() {
        hold(ZERO, 2);
        pollAndTake();
        client.seek(ZERO, 0);

        pollAndTake();

        assertThat(offsets).containsExactly(0L, 1L, 0L, 1L);
        assertThat(tracker.pending()).isEqualTo(2);
    }

    @Test
    void commitsAPartitionBeforeItIsRevoked() {
        hold(ZERO, 2);
        pollAndTake();
        taken.forEach(tracker::done);

        listener(false).onPartitionsRevoked(List.of(ZERO));

        assertThat(committed(ZERO)).isEqualTo(2);
        assertThat(tracker.pending()).isZero();
    }

    @Test
    void abandonsTheRecordsOfAPartitionThatIsLost() {
        hold(ZERO, 1);
        pollAndTake();

        listener(false).onPartitionsLost(List.of(ZERO));

        assertThat(taken.get(0).isAbandoned()).isTrue();
        assertThat(client.committed(Set.of(ZERO))).doesNotContainKey(ZERO);
    }

    @Test
    void changesNothingOfTheTrackerOnceItIsReplaced() {
        hold(ZERO, 1);
        pollAndTake();

        listener(true).onPartitionsLost(List.of(ZERO));

        assertThat(tracker.pending()).isEqualTo(1);
    }

    private ConsumerRebalanceListener listener(boolean retired) {
        return cycle.listener(new Silent(), () -> retired);
    }

    /** Writes records from offset 0 on. */
    private void hold(TopicPartition partition, int count) {
        for (int offset = 0; offset < count; offset++) {
            topic.add(new ConsumerRecord<>("requests", partition.partition(), offset, null, "{}"));
        }
    }

    private List<ConsumerRecord<Object, Object>> poll() {
        client.schedulePollTask(() -> topic.forEach(client::addRecord));
        List<ConsumerRecord<Object, Object>> polled = new ArrayList<>();
        cycle.poll(POLL).forEach(polled::add);
        return polled;
    }

    private void pollAndTake() {
        for (ConsumerRecord<Object, Object> record : poll()) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            offsets.add(record.offset());
            taken.add(tracker.take(partition, record.offset(), 0));
        }
    }

    private long committed(TopicPartition partition) {
        OffsetAndMetadata offset = client.committed(Set.of(partition)).get(partition);
        return offset == null ? -1 : offset.offset();
    }

    private static Admin noBroker() {
        throw new KafkaException("no broker");
    }

    private static final class Outage implements UpstreamHealth {
        private Optional<String> words = Optional.empty();
        private boolean takesOneMore = true;

        @Override
        public Optional<String> outage() {
            return words;
        }

        @Override
        public boolean takesOneMore() {
            return takesOneMore;
        }
    }

    private static final class Silent implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}
    }
}
