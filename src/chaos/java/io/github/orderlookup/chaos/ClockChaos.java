package io.github.orderlookup.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.RestClient;
import io.github.orderlookup.system.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The wall clock of the service is set back and forward by an hour under load, by libfaketime.
 * Skipped where that is not installed ({@code apt-get install faketime}).
 */
class ClockChaos {
    private static final Path LIBRARY =
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1");
    private static final int HOUR = 3_600;
    private static final int PER_SECOND = 50;
    private static final int WARM = 5 * PER_SECOND;

    /** Longer than the session of a consumer lasts at the broker. */
    private static final Duration BEYOND_THE_SESSION = Duration.ofSeconds(50);

    private static final Duration BOUND = Duration.ofSeconds(30);

    @BeforeEach
    void requireLibrary() {
        assumeTrue(
                Files.exists(LIBRARY),
                LIBRARY + " is not there: apt-get install faketime, and run again");
    }

    @Test
    void setBackByAnHour() throws IOException {
        step(
                -HOUR,
                "16-1-clock-back",
                "The wall clock is set back by an hour: lookups go on over REST and Kafka, and"
                        + " everything is committed.",
                "ClockChaos.setBackByAnHour");
    }

    @Test
    void setForwardByAnHour() throws IOException {
        step(
                HOUR,
                "16-2-clock-forward",
                "The wall clock is set forward by an hour: the same, and nothing expires.",
                "ClockChaos.setForwardByAnHour");
    }

    private static void step(int seconds, String row, String promise, String test)
            throws IOException {
        Path clock = Files.createTempFile(Path.of("target").toAbsolutePath(), "clock-", "");
        set(clock, 0);
        try (RunningService service = service(clock);
                Load load = new Load(service).start(PER_SECOND)) {
            RestClient rest = new RestClient(service);
            load.awaitOutcomes(WARM);

            set(clock, seconds);
            Instant changed = Instant.now();
            int lookups = 0;
            while (Instant.now().isBefore(changed.plus(BEYOND_THE_SESSION))) {
                assertThat(rest.lookUp("order--clock-" + lookups++).statusCode()).isEqualTo(200);
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            }
            load.awaitOutcomes(load.answered() + WARM);
            load.stop();
            load.awaitOutcomes();
            assertThat(load.clockAhead())
                    .isCloseTo(Duration.ofSeconds(seconds), Duration.ofMinutes(5));
            Duration silence = load.longestSilence(changed, Instant.now());
            load.awaitCommit();

            assertThat(load.lost()).isZero();
            assertThat(load.failed()).isZero();
            assertThat(silence).isLessThan(BOUND);
            assertThat(rest.isReady()).isTrue();
            Finding.write(
                    row,
                    promise,
                    test,
                    load,
                    lookups + " of " + lookups + " lookups over REST meanwhile",
                    "at most " + Finding.seconds(silence) + " without outcomes");
        }
    }

    /** Sets the clock of the process that reads the file; at once and as a whole. */
    private static void set(Path clock, int seconds) throws IOException {
        Path next = clock.resolveSibling(clock.getFileName() + ".next");
        Files.writeString(next, String.format(Locale.ROOT, "%+d%n", seconds));
        Files.move(next, clock, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Nothing but the wall clock: without the last variable every timed wait of a JVM spins. */
    private static RunningService service(Path clock) {
        return RunningService.builder()
                .simulator(Simulator.builder().httpApi().anyOrder())
                .environment("LD_PRELOAD", LIBRARY.toString())
                .environment("FAKETIME_TIMESTAMP_FILE", clock.toString())
                .environment("FAKETIME_CACHE_DURATION", "1")
                .environment("FAKETIME_DONT_FAKE_MONOTONIC", "1")
                .environment("FAKETIME_FORCE_MONOTONIC_FIX", "0")
                .start();
    }
}
