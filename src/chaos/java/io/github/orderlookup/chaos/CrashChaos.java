package io.github.orderlookup.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.RunningService;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The process ends under load: without a warning, and asked to. */
class CrashChaos {
    private static final int KILLS = 10;
    private static final int MAX_PENDING = 300;
    private static final int PER_SECOND = 100;
    private static final long SEED = 20261122;

    @Test
    void killedTenTimes() {
        try (RunningService service = service();
                Load load = new Load(service).start(PER_SECOND)) {
            Random random = new Random(SEED);
            Duration longest = Duration.ZERO;
            Instant started = Instant.MIN;
            int mostUncommitted = 0;
            for (int i = 0; i < KILLS; i++) {
                load.awaitOutcomes(load.answered() + 1);
                LockSupport.parkNanos(Duration.ofMillis(random.nextInt(2_000)).toNanos());
                service.process().kill();
                Instant killed = Instant.now();
                load.awaitReader();
                int answered = load.answered();
                mostUncommitted = Math.max(mostUncommitted, load.answeredButUncommitted(started));
                started = Instant.now();
                service.restart();
                load.awaitOutcomes(answered + MAX_PENDING);
                Duration silence = load.longestSilence(killed, Instant.now());
                longest = silence.compareTo(longest) > 0 ? silence : longest;
            }
            load.stop();
            load.awaitOutcomes();

            assertThat(load.lost()).isZero();
            assertThat(load.unknown()).isZero();
            assertThat(load.failed()).isZero();
            assertThat(mostUncommitted).isBetween(1, MAX_PENDING);
            assertThat(load.repeated()).isLessThanOrEqualTo(KILLS * MAX_PENDING);
            Finding.write(
                    "01-1-killed",
                    "Killed (SIGKILL) ten times under load and restarted: every request has its"
                            + " outcome; repeats carry the same `ce_id` and are at most"
                            + " `max-pending` for each kill.",
                    "CrashChaos.killedTenTimes",
                    load,
                    KILLS + " kills, `max-pending` " + MAX_PENDING,
                    "at most " + mostUncommitted + " answered and not committed at one",
                    "at most " + Finding.seconds(longest) + " without outcomes");
        }
    }

    @Test
    void askedToEndUnderLoad() {
        try (RunningService service = service();
                Load load = new Load(service).start(PER_SECOND)) {
            load.awaitOutcomes(3 * PER_SECOND);

            Instant asked = Instant.now();
            assertThat(service.process().terminate()).isEqualTo(143);
            Duration stopping = Duration.between(asked, Instant.now());
            service.restart();
            load.awaitOutcomes(load.answered() + 3 * PER_SECOND);
            load.stop();
            load.awaitOutcomes();

            assertThat(stopping).isLessThan(Duration.ofSeconds(30));
            assertThat(load.lost()).isZero();
            assertThat(load.unknown()).isZero();
            assertThat(load.failed()).isZero();
            assertThat(load.repeated()).isZero();
            Finding.write(
                    "01-2-terminated",
                    "SIGTERM under load: calls under way end, nothing is lost, nothing is repeated,"
                            + " and the process ends within 30 s.",
                    "CrashChaos.askedToEndUnderLoad",
                    load,
                    "ended after " + Finding.seconds(stopping));
        }
    }

    private static RunningService service() {
        RunningService service =
                RunningService.builder()
                        .simulator(Simulator.builder().httpApi().anyOrder())
                        .setting("order-lookup.max-pending", "" + MAX_PENDING)
                        .start();
        service.simulator().latency(Duration.ofMillis(20), Duration.ofMillis(400));
        return service;
    }
}
