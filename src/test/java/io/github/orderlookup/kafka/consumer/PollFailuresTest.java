package io.github.orderlookup.kafka.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.kafka.LogLimit;
import io.github.orderlookup.time.ManualClock;
import java.time.Duration;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.junit.jupiter.api.Test;

class PollFailuresTest {

    private final ManualClock clock = new ManualClock();
    private final PollFailures failures = new PollFailures("a-group", clock, new LogLimit(clock));

    @Test
    void waitsTwiceAsLongAfterEachFailureAndAtMostHalfAMinute() {
        assertThat(failures.backOff()).isZero();
        for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30}) {
            failures.failed(new IllegalStateException("no"));
            assertThat(failures.backOff()).isEqualTo(Duration.ofSeconds(seconds));
        }
    }

    @Test
    void waitsOnlyUntilTheNextPollMayBeMade() {
        failures.failed(new UnsatisfiedLinkError("snappy"));

        clock.advance(Duration.ofSeconds(1));

        assertThat(failures.backOff()).isZero();
        assertThat(failures.reason()).hasValueSatisfying(r -> assertThat(r).contains("snappy"));
    }

    @Test
    void beginsAnewAfterAPollThatCameBack() {
        failures.failed(new IllegalStateException("no"));
        failures.failed(new IllegalStateException("no"));
        failures.succeeded();

        failures.failed(new IllegalStateException("no"));

        assertThat(failures.backOff()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void saysWhatIsWrongWithTheGroup() {
        failures.failed(new InconsistentGroupProtocolException("no"));
        assertThat(failures.reason())
                .hasValueSatisfying(r -> assertThat(r).contains("a-group", "assignor"));

        failures.failed(GroupAuthorizationException.forGroupId("a-group"));

        assertThat(failures.reason())
                .hasValueSatisfying(r -> assertThat(r).contains("a-group", "grant READ"));
    }

    @Test
    void permitsALineAMinuteAboutTheSame() {
        LogLimit limit = new LogLimit(clock);

        assertThat(limit.permits("this")).isTrue();
        assertThat(limit.permits("that")).isTrue();
        clock.advance(Duration.ofMillis(59_999));
        assertThat(limit.permits("this")).isFalse();
        clock.advance(Duration.ofMillis(1));

        assertThat(limit.permits("this")).isTrue();
    }
}
