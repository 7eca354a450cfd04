package io.github.orderlookup.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RequestWindowTest {

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final RequestWindow window = new RequestWindow(new TestClock());

    @Test
    void takesWhatFitsAndSaysWhenTheNextFits() {
        window.limit(2);

        assertThat(window.refusal()).isEmpty();
        now = now.plusSeconds(10);
        assertThat(window.refusal()).isEmpty();
        now = now.plusSeconds(50);
        assertThat(window.refusal()).isEmpty();
        assertThat(window.refusal()).hasValue(60);
    }

    @Test
    void countsWhatItRefuses() {
        window.limit(1);
        window.refusal();
        now = now.plusSeconds(59);

        assertThat(window.refusal()).hasValue(60);
        now = now.plusSeconds(59);
        assertThat(window.refusal()).hasValue(60);
        now = now.plusSeconds(60);
        assertThat(window.refusal()).isEmpty();
    }

    @Test
    void takesEverythingWithoutALimit() {
        assertThat(window.refusal()).isEmpty();
    }

    private final class TestClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
