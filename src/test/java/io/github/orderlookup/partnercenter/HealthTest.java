package io.github.orderlookup.partnercenter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.lookup.Failure;
import io.github.orderlookup.lookup.FailureClassifier;
import io.github.orderlookup.lookup.Fault;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HealthTest {

    private static final Failure DOWN = FailureClassifier.classify(Fault.NETWORK);
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final Health health = new Health(4);

    @Test
    void isClosedAtFirstAndWhileItIsTooEarlyToSpeakOfAnOutage() {
        assertThat(health.state()).isEqualTo(BreakerState.CLOSED);

        health.suspend(null);

        assertThat(health.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void isOpenWhileNobodyCanSignInAndHalfOpenAfterwards() {
        health.suspend(DOWN);
        assertThat(health.state()).isEqualTo(BreakerState.OPEN);

        health.resume(NOW);

        assertThat(health.state()).isEqualTo(BreakerState.HALF_OPEN);
    }
}
