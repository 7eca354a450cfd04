package io.github.orderlookup.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.classification.Answers;
import io.github.orderlookup.classification.FailureClassifier;
import io.github.orderlookup.classification.NetworkFailure;
import io.github.orderlookup.lookup.RetryDecision.GiveUp;
import io.github.orderlookup.lookup.RetryDecision.Retry;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryDecisionTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    /** Draws the greatest number that it is allowed to. */
    private static final RandomGenerator LONGEST =
            new RandomGenerator() {
                @Override
                public long nextLong() {
                    return Long.MAX_VALUE;
                }

                @Override
                public long nextLong(long bound) {
                    return bound - 1;
                }
            };

    @ParameterizedTest
    @CsvSource({
        "1, 200",
        "2, 400",
        "3, 800",
        "4, 1600",
        "5, 3200",
        "6, 6400",
        "7, 12800",
        "8, 20000",
        "9, 20000",
        "64, 20000",
        "1000000, 20000"
    })
    void doublesTheLongestWaitUpToItsCap(int attempts, long millis) {
        RetryDecision decision =
                RetryDecision.decide(
                        unavailable(null), attempts, Integer.MAX_VALUE, false, NOW, null, LONGEST);

        assertThat(decision).isEqualTo(new Retry(Duration.ofMillis(millis), true));
    }

    @Test
    void waitsAsLongAsTheRemoteAsks() {
        Failure failure = unavailable(Duration.ofSeconds(57));

        assertThat(decide(failure, 1, null)).isEqualTo(new Retry(Duration.ofSeconds(57), true));
    }

    @Test
    void doesNotRepeatAtOnceBecauseTheRemoteSaidZero() {
        Failure failure = unavailable(Duration.ZERO);

        assertThat(decide(failure, 2, null)).isEqualTo(new Retry(Duration.ofMillis(400), true));
    }

    @Test
    void keepsTheRequestIdOfAnAttemptWithoutAnAnswer() {
        Failure failure = FailureClassifier.classify(NetworkFailure.NETWORK);

        assertThat(decide(failure, 1, null)).isEqualTo(new Retry(Duration.ofMillis(200), false));
    }

    @ParameterizedTest
    @CsvSource({"4, true", "5, false", "6, false"})
    void countsTheFirstAttempt(int attempts, boolean again) {
        RetryDecision decision =
                RetryDecision.decide(unavailable(null), attempts, 5, false, NOW, null, LONGEST);

        assertThat(decision instanceof Retry).isEqualTo(again);
    }

    @Test
    void givesUpWhereNoRetryHelps() {
        Failure failure = failure(404, "{\"code\":20000}");

        assertThat(decide(failure, 1, null)).isEqualTo(new GiveUp());
    }

    @Test
    void retriesOnceAndAtOnceWithAFreshToken() {
        Failure failure = failure(401, "");

        assertThat(RetryDecision.decide(failure, 1, 5, false, NOW, null, LONGEST))
                .isEqualTo(new Retry(Duration.ZERO, true));
        assertThat(RetryDecision.decide(failure, 2, 5, true, NOW, null, LONGEST))
                .isEqualTo(new GiveUp());
    }

    @Test
    void countsTheAttemptWithTheFreshToken() {
        assertThat(RetryDecision.decide(failure(401, ""), 1, 1, false, NOW, null, LONGEST))
                .isEqualTo(new GiveUp());
    }

    @Test
    void stillRetriesOtherFailuresAfterTheTokenWasRenewed() {
        RetryDecision decision =
                RetryDecision.decide(unavailable(null), 2, 5, true, NOW, null, LONGEST);

        assertThat(decision).isInstanceOf(Retry.class);
    }

    @ParameterizedTest
    @CsvSource({"9, false", "10, false", "11, true"})
    void givesUpAtOnceWhenTheNextMomentIsTooLate(long deadlineSeconds, boolean again) {
        Failure failure = unavailable(Duration.ofSeconds(10));

        RetryDecision decision = decide(failure, 1, NOW.plusSeconds(deadlineSeconds));

        assertThat(decision instanceof Retry).isEqualTo(again);
    }

    @Test
    void copesWithTheEndsOfTime() {
        Failure failure = unavailable(Duration.ofDays(365));

        assertThat(decide(failure, 1, Instant.MAX)).isInstanceOf(Retry.class);
        assertThat(decide(failure, 1, Instant.MIN)).isEqualTo(new GiveUp());
    }

    @Property
    void neverLeavesItsBounds(
            @ForAll @IntRange(min = 1) int attempts,
            @ForAll @IntRange(min = 1, max = 100) int maxAttempts,
            @ForAll @LongRange(min = -5_000, max = 60_000) long deadlineMillis,
            @ForAll boolean answered,
            @ForAll long seed) {
        Failure failure =
                new Failure(ProblemType.THROTTLED, "x", true, false, answered, null, null);
        Instant deadline = NOW.plusMillis(deadlineMillis);

        RetryDecision decision =
                RetryDecision.decide(
                        failure, attempts, maxAttempts, false, NOW, deadline, new Random(seed));

        if (decision instanceof Retry retry) {
            assertThat(attempts).isLessThan(maxAttempts);
            assertThat(retry.delay()).isBetween(Duration.ZERO, longest(attempts));
            assertThat(NOW.plus(retry.delay())).isBefore(deadline);
            assertThat(retry.newRequestId()).isEqualTo(answered);
        } else {
            assertThat(
                            attempts >= maxAttempts
                                    || deadline.isBefore(NOW.plus(longest(attempts)).plusMillis(1)))
                    .isTrue();
        }
    }

    @Property
    void obeysRetryAfterToTheLetter(
            @ForAll @LongRange(min = 1, max = 31_536_000_000L) long askedMillis,
            @ForAll @LongRange(min = 1, max = 31_536_000_000L) long deadlineMillis) {
        Duration asked = Duration.ofMillis(askedMillis);

        RetryDecision decision = decide(unavailable(asked), 1, NOW.plusMillis(deadlineMillis));

        assertThat(decision)
                .isEqualTo(askedMillis < deadlineMillis ? new Retry(asked, true) : new GiveUp());
    }

    private static Duration longest(int attempts) {
        return Duration.ofMillis((long) Math.min(20_000, 200 * Math.pow(2, attempts - 1.0)));
    }

    private static RetryDecision decide(Failure failure, int attempts, Instant deadline) {
        return RetryDecision.decide(failure, attempts, 5, false, NOW, deadline, LONGEST);
    }

    private static Failure unavailable(Duration retryAfter) {
        return new Failure(
                ProblemType.UPSTREAM_UNAVAILABLE,
                "x",
                true,
                false,
                true,
                retryAfter,
                Upstream.ofStatus(503));
    }

    private static Failure failure(int status, String body) {
        return FailureClassifier.classify(Answers.of(status, body), NOW).orElseThrow();
    }
}
