package io.github.orderlookup.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProcessEndTest {

    private final BlockingQueue<Integer> codes = new LinkedBlockingQueue<>();

    @Test
    void haltsWithTheCodeOfAProcessThatCannotGoOn() throws Exception {
        ProcessEnd end = new ProcessEnd(codes::add);

        end.accept(new OutOfMemoryError());
        end.accept(new OutOfMemoryError());

        assertThat(codes.poll(1, TimeUnit.MINUTES)).isEqualTo(70);
        assertThat(codes).isEmpty();
    }

    @Test
    void haltsAShutdownThatHangs() throws Exception {
        ShutdownLimit limit = new ShutdownLimit(codes::add, Duration.ofMillis(50));
        limit.begin();

        assertThat(codes.poll(1, TimeUnit.MINUTES)).isEqualTo(143);
    }

    @Test
    void haltsAnExitThatHangsWithItsCode() throws Exception {
        ShutdownLimit limit = new ShutdownLimit(codes::add, Duration.ofMillis(50));
        limit.exits(78);
        limit.begin();

        assertThat(codes.poll(1, TimeUnit.MINUTES)).isEqualTo(78);
    }
}
