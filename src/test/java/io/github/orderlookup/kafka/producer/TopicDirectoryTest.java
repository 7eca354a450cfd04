package io.github.orderlookup.kafka.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.time.ManualClock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopicDirectoryTest {

    private final FakeBroker broker = new FakeBroker();
    private final ManualClock clock = new ManualClock();
    private final TopicDirectory topics = new TopicDirectory(broker::client, clock);

    @Test
    void knowsHowManyPartitionsATopicHas() {
        broker.topics.put("replies", 3);

        assertThat(topics.partitions("replies")).hasValue(3);
    }

    static Stream<KafkaException> refusals() {
        return Stream.of(
                new UnknownTopicOrPartitionException(),
                new TopicAuthorizationException("replies"),
                new InvalidTopicException());
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void takesATopicThatCannotBeSeenForMissing(KafkaException refusal) {
        broker.failure = Optional.of(refusal);

        assertThat(topics.partitions("replies")).hasValue(0);
    }

    @Test
    void knowsNothingWhileTheBrokerDoesNotAnswer() {
        broker.failure = Optional.of(new TimeoutException());

        assertThat(topics.partitions("replies")).isEmpty();
    }

    @Test
    void knowsNothingWhileTheBrokerCannotBeNamed() {
        TopicDirectory unreachable =
                new TopicDirectory(
                        () -> {
                            throw new KafkaException("No resolvable bootstrap urls");
                        },
                        clock);

        assertThat(unreachable.partitions("replies")).isEmpty();
    }

    @Test
    void asksAgainAtOnceAfterTheBrokerDidNotAnswer() {
        broker.topics.put("replies", 3);
        broker.failure = Optional.of(new TimeoutException());
        topics.partitions("replies");
        broker.failure = Optional.empty();

        assertThat(topics.partitions("replies")).hasValue(3);
    }

    @Test
    void remembersATopicForAMinute() {
        broker.topics.put("replies", 3);
        topics.partitions("replies");
        broker.topics.put("replies", 4);

        clock.advance(Duration.ofSeconds(59));
        assertThat(topics.partitions("replies")).hasValue(3);
        clock.advance(Duration.ofSeconds(1));

        assertThat(topics.partitions("replies")).hasValue(4);
    }

    @Test
    void asksAgainForAMissingTopicAtMostFiftyTimesASecond() {
        topics.partitions("replies");
        broker.topics.put("replies", 3);

        clock.advance(Duration.ofMillis(19));
        assertThat(topics.partitions("replies")).hasValue(0);
        clock.advance(Duration.ofMillis(1));

        assertThat(topics.partitions("replies")).hasValue(3);
    }

    @Test
    void asksAgainForATopicThatHasFewerPartitionsThanAreWanted() {
        broker.topics.put("replies", 3);
        topics.partitions("replies", 2);
        broker.topics.put("replies", 4);

        clock.advance(Duration.ofMillis(20));
        assertThat(topics.partitions("replies", 2)).hasValue(3);

        assertThat(topics.partitions("replies", 3)).hasValue(4);
    }

    @Test
    void tellsATopicFromALaterOneOfTheSameName() {
        broker.topics.put("requests", 1);
        Optional<Uuid> first = topics.id("requests");
        broker.id = Uuid.randomUuid();

        assertThat(first).isPresent();
        assertThat(topics.id("requests")).isPresent().isNotEqualTo(first);
        assertThat(topics.id("missing")).isEmpty();
    }

    @Test
    void asksAgainForATopicThatItShallForget() {
        topics.partitions("replies");
        broker.topics.put("replies", 3);

        topics.forget("replies");

        assertThat(topics.partitions("replies")).hasValue(3);
    }

    @Test
    void closesTheClientThatItHasMade() {
        topics.partitions("replies");

        topics.close();

        assertThat(broker.open).isZero();
    }

    @Test
    void makesNoClientBeforeItIsAsked() {
        topics.close();

        assertThat(broker.made).isZero();
    }

    /** Answers the one question that the directory asks. */
}
