package io.github.orderlookup.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.classification.FailureClassifier;
import io.github.orderlookup.classification.NetworkFailure;
import io.github.orderlookup.lookup.Failure;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTest {

    private static final Failure DOWN = FailureClassifier.classify(NetworkFailure.NETWORK);
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final Health health = new Health(4);

    @Test
    void isClosedAtFirstAndWhileItIsTooEarlyToSpeakOfAnOutage() {
        assertThat(health.state()).isEqualTo(CircuitBreakerState.CLOSED);

        health.suspend(null);

        assertThat(health.state()).isEqualTo(CircuitBreakerState.CLOSED);
    }

    @Test
    void isOpenWhileNobodyCanSignInAndHalfOpenAfterwards() {
        health.suspend(DOWN);
        assertThat(health.state()).isEqualTo(CircuitBreakerState.OPEN);

        health.resume(NOW);

        assertThat(health.state()).isEqualTo(CircuitBreakerState.HALF_OPEN);
    }

    /** Twenty calls for as many orders, of which a second later none is answered. */
    @ParameterizedTest
    @CsvSource({
        "TIMEOUT, true,  CLOSED",
        "TIMEOUT, false, OPEN",
        "NETWORK, true,  OPEN",
    })
    void takesNoTimeoutOfASlowProcessForAnOutage(
            NetworkFailure networkFailure, boolean slow, CircuitBreakerState state) {
        Health ofSlow = new Health(new SlowStart(100), () -> slow);
        Failure failure = FailureClassifier.classify(networkFailure);
        for (int call = 0; call < 40; call++) {
            Instant moment = NOW.plusMillis(100L * call);
            ofSlow.callEnds(
                    ofSlow.callStarts("o-" + call, true, 0, moment),
                    new CallPermit.Result("id", new byte[0], failure),
                    moment);
        }

        assertThat(ofSlow.state()).isEqualTo(state);
    }
}
