package io.github.orderlookup.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackOffTest {
    private static final RandomGenerator MOST = () -> -1L;
    private static final RandomGenerator LEAST = () -> 0L;

    @ParameterizedTest
    @CsvSource({
        "true, 1, 5",
        "true, 2, 10",
        "true, 4, 40",
        "true, 1000000, 60",
        "false, 1, 1",
        "false, 3, 4",
        "false, 1000000, 5",
    })
    void doublesUpToALongestWait(boolean refused, int failures, long seconds) {
        SignInException failure = refused ? SignInException.refused("x") : down(Optional.empty());

        assertThat(BackOff.after(failure, failures, MOST))
                .isBetween(Duration.ofSeconds(seconds).minusMillis(1), Duration.ofSeconds(seconds));
        assertThat(BackOff.after(failure, failures, LEAST))
                .isEqualTo(Duration.ofSeconds(seconds).multipliedBy(8).dividedBy(10));
    }

    @Test
    void neverUndercutsRetryAfter() {
        assertThat(BackOff.after(down(Optional.of(Duration.ofSeconds(77))), 1, LEAST))
                .isEqualTo(Duration.ofSeconds(77));
    }

    @Test
    void obeysRetryAfterForOneHourAtMost() {
        assertThat(BackOff.after(down(Optional.of(Duration.ofDays(9))), 1, LEAST))
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void doesNotHammerWhenRetryAfterIsZero() {
        assertThat(BackOff.after(down(Optional.of(Duration.ZERO)), 1, LEAST))
                .isEqualTo(Duration.ofMillis(800));
    }

    private static SignInException down(Optional<Duration> retryAfter) {
        return SignInException.unavailable("x", retryAfter);
    }
}
