package io.github.orderlookup.kafka.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.kafka.producer.PublishRetryDecision.Refusal;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PublishRetryDecisionTest {

    @ParameterizedTest
    @CsvSource({
        "OTHER,          true,  false, ,     SendAgain",
        "OTHER,          true,  true,  ,     Divert",
        "OTHER,          false, true,  ,     Divert",
        "OTHER,          true,  false, gone, RefuseAddress",
        "OTHER,          true,  true,  gone, RefuseAddress",
        "UNAUTHORIZED,   true,  true,  ,     RefuseAddress",
        "UNAUTHORIZED,   false, false, ,     RefuseAddress",
        "TOO_LARGE,      true,  true,  ,     DescribeAsTooLarge",
        "TOO_LARGE,      false, false, ,     Divert",
        "INVALID_RECORD, true,  false, ,     Divert",
        "INVALID_RECORD, true,  false, gone, RefuseAddress",
        "NOT_ALLOWED,    false, false, ,     Divert"
    })
    void decidesForAReplyTopic(
            Refusal refusal,
            boolean order,
            boolean late,
            @Nullable String refusedAddress,
            String expected) {
        PublishRetryDecision decision =
                PublishRetryDecision.ofReply(
                        refusal, order, late, Optional.ofNullable(refusedAddress));

        assertThat(decision.getClass().getSimpleName()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "OTHER,          true,  9,   0,   SendAgain",
        "OTHER,          false, -1,  0,   SendAgain",
        "UNAUTHORIZED,   true,  9,   0,   SendAgain",
        "INVALID_RECORD, true,  9,   0,   SendAgain",
        "TOO_LARGE,      true,  999, 0,   DescribeAsTooLarge",
        "TOO_LARGE,      false, 256, 256, OmitKey",
        "TOO_LARGE,      false, 255, 256, OmitEcho",
        "TOO_LARGE,      false, -1,  256, OmitEcho",
        "TOO_LARGE,      false, 255, 255, SendAgain",
        "INVALID_RECORD, false, -1,  999, AddKey",
        "INVALID_RECORD, false, 0,   0,   SendAgain",
        "NOT_ALLOWED,    false, -1,  0,   SendAgain"
    })
    void decidesForTheResultsAndErrorsTopics(
            Refusal refusal, boolean order, int keyBytes, int echoBytes, String expected) {
        PublishRetryDecision decision =
                PublishRetryDecision.ofDefaultTopic(refusal, order, keyBytes, echoBytes);

        assertThat(decision.getClass().getSimpleName()).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void knowsWhatAFailureMeans(Exception failure, Refusal expected) {
        assertThat(Refusal.of(failure)).isEqualTo(expected);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new TopicAuthorizationException("no"), Refusal.UNAUTHORIZED),
                Arguments.of(new RecordTooLargeException("no"), Refusal.TOO_LARGE),
                Arguments.of(new InvalidRecordException("no"), Refusal.INVALID_RECORD),
                Arguments.of(new PolicyViolationException("no"), Refusal.NOT_ALLOWED),
                Arguments.of(new UnsupportedForMessageFormatException("no"), Refusal.NOT_ALLOWED),
                Arguments.of(new NotEnoughReplicasException("one of two"), Refusal.OTHER),
                Arguments.of(new TimeoutException("late"), Refusal.OTHER),
                Arguments.of(new IllegalStateException("a defect"), Refusal.OTHER));
    }

    @Test
    void triesAgainAfterAFailureThatIsNotKnown() {
        assertThat(Refusal.of(null)).isEqualTo(Refusal.OTHER);
    }

    @Test
    void aWaitingRequestThatIsTooLargeLosesItsOrderAndThenDoesNotWait() {
        assertThat(PublishRetryDecision.ofWaitingTopic(Refusal.TOO_LARGE, true))
                .isEqualTo(new PublishRetryDecision.OmitOrder());
        assertThat(PublishRetryDecision.ofWaitingTopic(Refusal.TOO_LARGE, false))
                .isEqualTo(new PublishRetryDecision.DescribeAsTooLargeToWait());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TOO_LARGE")
    void aWaitingRequestIsPublishedUntilItsTopicTakesIt(Refusal refusal) {
        assertThat(PublishRetryDecision.ofWaitingTopic(refusal, true))
                .isEqualTo(new PublishRetryDecision.ChooseAnotherPartition());
    }
}
