package io.github.orderlookup.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.time.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CpuStarvationTest {

    private static final int PROCESSORS = 2;

    private final ManualTime time = new ManualTime();
    private Duration used = Duration.ZERO;
    private Duration waited = Duration.ZERO;
    private final CpuStarvation slowness =
            new CpuStarvation(
                    time.clock(),
                    () -> used,
                    () -> waited,
                    () -> PROCESSORS,
                    Duration.ofSeconds(4));

    @Test
    void isSlowOnceItHadNoProcessorTimeToSpareForHalfOfTheTimeout() {
        pass(3, 1.0);
        assertThat(slowness.isShort()).isTrue();
        assertThat(slowness.isSlow()).isFalse();
        pass(1, 0.9);

        assertThat(slowness.isSlow()).isTrue();
    }

    @Test
    void isSlowWhenItsThreadsWaitForAProcessor() {
        waited = CpuStarvation.TICK.multipliedBy(PROCESSORS).dividedBy(2);
        pass(4, 0.1);

        assertThat(slowness.isShort()).isTrue();
        assertThat(slowness.isSlow()).isTrue();
    }

    @Test
    void isNotSlowWhenItWaits() {
        waited = CpuStarvation.TICK.dividedBy(2);
        pass(20, 0.5);

        assertThat(slowness.isShort()).isFalse();
        assertThat(slowness.isSlow()).isFalse();
    }

    @Test
    void isSlowWhenItsTimerRunsLate() {
        for (int look = 0; look < 4; look++) {
            pass(0, CpuStarvation.TICK.multipliedBy(3));
        }

        assertThat(slowness.isSlow()).isTrue();
    }

    @Test
    void forgetsWhatIsLongerAgoThanATimeout() {
        pass(4, 1.0);
        pass(5, 0.1);

        assertThat(slowness.isSlow()).isFalse();
    }

    private void pass(int ticks, double share) {
        for (int tick = 0; tick < ticks; tick++) {
            pass(share, CpuStarvation.TICK);
        }
    }

    private void pass(double share, Duration duration) {
        time.advance(duration);
        used = used.plusNanos((long) (share * PROCESSORS * duration.toNanos()));
        slowness.look();
    }
}
