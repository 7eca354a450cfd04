package io.github.orderlookup.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.classification.Answers;
import io.github.orderlookup.classification.FailureClassifier;
import io.github.orderlookup.lookup.RetryDecision.Attempt;
import io.github.orderlookup.lookup.RetryDecision.End;
import io.github.orderlookup.lookup.RetryDecision.GiveUp;
import io.github.orderlookup.lookup.RetryDecision.Outage;
import io.github.orderlookup.lookup.RetryDecision.Reason;
import io.github.orderlookup.lookup.RetryDecision.Retry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
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

    private static final Map<String, Failure> FAILURES =
            Map.of(
                    "unavailable", unavailable(null),
                    "asked to wait", unavailable(Duration.ofSeconds(7)),
                    "throttled", throttled(),
                    "not found", failure(404, "{\"code\":20000}"),
                    "token refused", failure(401, ""),
                    "login down", FailureClassifier.signIn(false, "x", Duration.ofSeconds(3)),
                    "login refused", FailureClassifier.signIn(true, "x", null));

    /**
     * The whole decision: how the attempt ended, its failure, whether its token counts as refused,
     * the source, the attempt and how many there may be, what is known of an outage, the deadlines
     * of the request and of the lookup in seconds from now; then what follows.
     */
    @ParameterizedTest
    @CsvSource({
        // A failure that may pass: again after the wait, until no attempt or time is left.
        "FAILED, unavailable, false, KAFKA, 1, 5, NONE, , 60, again after 200 ms",
        "FAILED, unavailable, false, REST, 4, 5, NONE, , 60, again after 1600 ms",
        "FAILED, unavailable, false, REST, 5, 5, NONE, , 60, give up: FAILURE",
        "FAILED, unavailable, false, KAFKA, 5, 5, NONE, , 60, give up: FAILURE",
        "FAILED, throttled, false, KAFKA, 1, 5, NONE, , 60, again after 30000 ms",
        "FAILED, throttled, false, KAFKA, 1, 5, NONE, , 30, give up: FAILURE",
        "FAILED, not found, false, KAFKA, 1, 5, NONE, , 60, give up: FAILURE",
        // An outage: Kafka waits for its end, whatever the attempts and the deadline.
        "FAILED, unavailable, false, KAFKA, 5, 5, PRESENT, , 0, again after 0 ms",
        "FAILED, unavailable, false, KAFKA, 5, 5, PRESENT, 1, 1, again after 0 ms",
        "FAILED, unavailable, false, REST, 1, 5, PRESENT, , 60, again after 200 ms",
        "FAILED, unavailable, false, CAMEL, 5, 5, PRESENT, , 60, give up: FAILURE",
        "FAILED, asked to wait, false, KAFKA, 1, 5, PRESENT, , 60, again after 7000 ms",
        "FAILED, throttled, false, KAFKA, 5, 5, PRESENT, , 60, give up: FAILURE",
        "FAILED, not found, false, KAFKA, 1, 5, PRESENT, , 60, give up: FAILURE",
        // In doubt, the last attempt of Kafka is postponed until it is known.
        "FAILED, unavailable, false, KAFKA, 4, 5, IN_DOUBT, , 60, again after 5000 ms",
        "FAILED, asked to wait, false, KAFKA, 4, 5, IN_DOUBT, , 60, again after 7000 ms",
        "FAILED, unavailable, false, KAFKA, 3, 5, IN_DOUBT, , 60, again after 800 ms",
        "FAILED, unavailable, false, KAFKA, 5, 5, IN_DOUBT, , 60, give up: FAILURE",
        "FAILED, unavailable, false, KAFKA, 4, 5, IN_DOUBT, 50, 50, again after 1600 ms",
        "FAILED, unavailable, false, REST, 4, 5, IN_DOUBT, , 60, again after 1600 ms",
        "FAILED, throttled, false, KAFKA, 4, 5, IN_DOUBT, , 60, again after 30000 ms",
        // A refused token: once again with a fresh one.
        "FAILED, token refused, false, KAFKA, 1, 5, NONE, , 60, again after 0 ms",
        "FAILED, token refused, true, KAFKA, 2, 5, NONE, , 60, give up: FAILURE",
        "FAILED, token refused, true, KAFKA, 2, 5, PRESENT, , 60, again after 0 ms",
        "FAILED, token refused, true, REST, 2, 5, PRESENT, , 60, give up: FAILURE",
        // Without a token Kafka waits; a caller waits until its deadline.
        "NO_TOKEN, login down, false, KAFKA, 5, 5, NONE, , 0, withdrawn and again after 0 ms",
        "NO_TOKEN, login refused, false, KAFKA, 1, 5, PRESENT, , 60, withdrawn and again after 0"
                + " ms",
        "NO_TOKEN, login down, false, REST, 1, 5, NONE, , 60, again after 3000 ms",
        "NO_TOKEN, login down, false, CAMEL, 1, 5, NONE, , 3, give up: FAILURE",
        "NO_TOKEN, login refused, false, REST, 1, 5, PRESENT, , 60, give up: FAILURE",
        "TOKEN_PENDING, , false, KAFKA, 5, 5, NONE, , 0, withdrawn and again after 0 ms",
        "TOKEN_PENDING, , false, REST, 5, 5, PRESENT, , 0, withdrawn and again after 0 ms",
        // Without memory for the response REST fails, the others ask again later.
        "NO_MEMORY, , false, REST, 1, 5, NONE, , 60, give up: NO_MEMORY",
        "NO_MEMORY, , false, CAMEL, 5, 5, NONE, , 1, withdrawn and again after 10000 ms",
        "NO_MEMORY, , false, KAFKA, 5, 5, NONE, , 1, withdrawn and again after 10000 ms",
        // The deadline ended the call: Kafka waits for the end of an outage if time is left.
        "DEADLINE, , false, KAFKA, 1, 5, NONE, , 0, give up: DEADLINE",
        "DEADLINE, , false, KAFKA, 1, 5, PRESENT, , 0, again after 0 ms",
        "DEADLINE, , false, KAFKA, 1, 5, PRESENT, 0, 0, give up: DEADLINE",
        "DEADLINE, , false, KAFKA, 1, 5, PRESENT, 1, 0, again after 0 ms",
        "DEADLINE, , false, REST, 1, 5, PRESENT, , 0, give up: DEADLINE",
        // The limiter is closed by then, and drops the lookup.
        "ABANDONED, , false, KAFKA, 5, 5, NONE, , 0, again after 0 ms"
    })
    void decides(
            End end,
            String failure,
            boolean tokenRefused,
            Source source,
            int attempts,
            int maxAttempts,
            Outage outage,
            Long ownDeadline,
            long deadline,
            String expected) {
        Attempt attempt =
                new Attempt(
                        end,
                        failure == null ? null : FAILURES.get(failure),
                        tokenRefused,
                        source,
                        attempts,
                        maxAttempts,
                        outage,
                        NOW,
                        ownDeadline == null ? null : NOW.plusSeconds(ownDeadline),
                        NOW.plusSeconds(deadline));

        assertThat(inWords(RetryDecision.decide(attempt, LONGEST))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, true",
        "true, false, true",
        "false, false, true",
        "false, true, false"
    })
    void takesATokenAsRefusedWithoutANewerOne(boolean renewed, boolean newer, boolean refused) {
        Failure failure = failure(401, "");

        assertThat(RetryDecision.isTokenRefused(failure, renewed, newer)).isEqualTo(refused);
        assertThat(RetryDecision.isTokenRefused(unavailable(null), renewed, newer)).isFalse();
    }

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
                        failed(unavailable(null), attempts, Integer.MAX_VALUE, null), LONGEST);

        assertThat(decision).isEqualTo(after(Duration.ofMillis(millis)));
    }

    @Test
    void doesNotRepeatAtOnceBecauseTheRemoteSaidZero() {
        Failure failure = unavailable(Duration.ZERO);

        assertThat(decide(failure, 2, null)).isEqualTo(after(Duration.ofMillis(400)));
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
        assertThat(decide(failure, 1, Instant.MIN)).isEqualTo(new GiveUp(Reason.FAILURE));
    }

    @Property
    void neverLeavesItsBounds(
            @ForAll @IntRange(min = 1) int attempts,
            @ForAll @IntRange(min = 1, max = 100) int maxAttempts,
            @ForAll @LongRange(min = -5_000, max = 60_000) long deadlineMillis,
            @ForAll long seed) {
        Failure failure = new Failure(ProblemType.THROTTLED, "x", true, false, true, null, null);
        Instant deadline = NOW.plusMillis(deadlineMillis);

        RetryDecision decision =
                RetryDecision.decide(
                        failed(failure, attempts, maxAttempts, deadline), new Random(seed));

        if (decision instanceof Retry retry) {
            assertThat(attempts).isLessThan(maxAttempts);
            assertThat(retry.notBefore()).isBetween(NOW, NOW.plus(longest(attempts)));
            assertThat(retry.notBefore()).isBefore(deadline);
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
                .isEqualTo(
                        askedMillis < deadlineMillis ? after(asked) : new GiveUp(Reason.FAILURE));
    }

    private static Duration longest(int attempts) {
        return Duration.ofMillis((long) Math.min(20_000, 200 * Math.pow(2, attempts - 1.0)));
    }

    private static RetryDecision decide(Failure failure, int attempts, Instant deadline) {
        return RetryDecision.decide(failed(failure, attempts, 5, deadline), LONGEST);
    }

    private static Attempt failed(
            Failure failure, int attempts, int maxAttempts, Instant deadline) {
        return new Attempt(
                End.FAILED,
                failure,
                false,
                Source.REST,
                attempts,
                maxAttempts,
                Outage.NONE,
                NOW,
                null,
                deadline);
    }

    private static Retry after(Duration wait) {
        return new Retry(NOW.plus(wait), false);
    }

    private static String inWords(RetryDecision decision) {
        if (decision instanceof Retry retry) {
            return (retry.withdrawn() ? "withdrawn and again after " : "again after ")
                    + Duration.between(NOW, retry.notBefore()).toMillis()
                    + " ms";
        }
        return "give up: " + ((GiveUp) decision).reason();
    }

    private static Failure unavailable(Duration retryAfter) {
        return new Failure(
                ProblemType.UPSTREAM_UNAVAILABLE,
                "x",
                true,
                false,
                true,
                retryAfter,
                new Upstream(503, null, null, null));
    }

    private static Failure throttled() {
        return new Failure(
                ProblemType.THROTTLED,
                "x",
                true,
                false,
                true,
                Duration.ofSeconds(30),
                new Upstream(429, null, null, null));
    }

    private static Failure failure(int status, String body) {
        return FailureClassifier.classify(Answers.of(status, body), NOW).orElseThrow();
    }
}
