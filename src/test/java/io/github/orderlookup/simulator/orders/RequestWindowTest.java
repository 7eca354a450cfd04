package io.github.orderlookup.simulator.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.time.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RequestWindowTest {

    private final ManualClock clock = new ManualClock();
    private final RequestWindow window = new RequestWindow(clock);

    @Test
    void takesWhatFitsAndSaysWhenTheNextFits() {
        window.limit(2);

        assertThat(window.refusal()).isEmpty();
        clock.advance(Duration.ofSeconds(10));
        assertThat(window.refusal()).isEmpty();
        clock.advance(Duration.ofSeconds(50));
        assertThat(window.refusal()).isEmpty();
        assertThat(window.refusal()).hasValue(60);
    }

    @Test
    void countsWhatItRefuses() {
        window.limit(1);
        window.refusal();
        clock.advance(Duration.ofSeconds(59));

        assertThat(window.refusal()).hasValue(60);
        clock.advance(Duration.ofSeconds(59));
        assertThat(window.refusal()).hasValue(60);
        clock.advance(Duration.ofSeconds(60));
        assertThat(window.refusal()).isEmpty();
    }

    @Test
    void takesEverythingWithoutALimit() {
        assertThat(window.refusal()).isEmpty();
    }
}
