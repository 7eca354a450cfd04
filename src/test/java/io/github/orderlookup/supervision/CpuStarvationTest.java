package io.github.orderlookup.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.time.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CpuStarvationTest {

    private static final int PROCESSORS = 2;

    private final ManualTime time = new ManualTime();
    private Duration used = Duration.ZERO;
    private final CpuStarvation slowness =
            new CpuStarvation(time.clock(), () -> used, () -> PROCESSORS, Duration.ofSeconds(4));

    @Test
    void isSlowOnceItHadNoProcessorTimeToSpareForAQuarterOfTheTimeout() {
        pass(1.0, CpuStarvation.TICK);
        assertThat(slowness.isSlow()).isFalse();
        pass(0.9, CpuStarvation.TICK);

        assertThat(slowness.isSlow()).isTrue();
    }

    @Test
    void isNotSlowWhenItWaits() {
        for (int look = 0; look < 20; look++) {
            pass(0.5, CpuStarvation.TICK);
        }

        assertThat(slowness.isSlow()).isFalse();
    }

    @Test
    void isSlowWhenItsTimerRunsLate() {
        pass(0, CpuStarvation.TICK.multipliedBy(3));
        pass(0, CpuStarvation.TICK.multipliedBy(3));

        assertThat(slowness.isSlow()).isTrue();
    }

    @Test
    void forgetsWhatIsLongerAgoThanATimeout() {
        pass(1.0, CpuStarvation.TICK);
        pass(1.0, CpuStarvation.TICK);
        for (int look = 0; look < 7; look++) {
            pass(0.1, CpuStarvation.TICK);
        }

        assertThat(slowness.isSlow()).isFalse();
    }

    private void pass(double share, Duration duration) {
        time.advance(duration);
        used = used.plusNanos((long) (share * PROCESSORS * duration.toNanos()));
        slowness.look();
    }
}
