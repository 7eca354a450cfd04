package io.github.orderlookup.chaos;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.RunningService;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Partitions change hands under load: wanted, unwanted, and after a crash. */
class RebalanceChaos {
    private static final int PER_SECOND = 100;
    private static final int MAX_PENDING = 300;
    private static final int WIDE = 2048;
    private static final int TIMES = 3;
    private static final int SLOW = 16;
    private static final Duration BEYOND_THE_SESSION = Duration.ofSeconds(20);
    private static final int POLL_INTERVAL_MILLIS = 6_000;
    private static final String POLL_EXPIRED = "consumer poll timeout has expired";

    @Test
    void instancesJoinAndLeave() {
        try (RunningService first = first(MAX_PENDING);
                Load load = new Load(first).start(PER_SECOND)) {
            load.awaitOutcomes(PER_SECOND);
            Group group = new Group(first);
            Instant start = Instant.now();
            for (int i = 0; i < TIMES; i++) {
                try (RunningService second = second(first, MAX_PENDING)) {
                    group.awaitMembers(2);
                    load.awaitOutcomes(load.answered() + 2 * PER_SECOND);
                    assertThat(second.process().terminate()).isEqualTo(143);
                }
                load.awaitOutcomes(load.answered() + 2 * PER_SECOND);
            }
            load.stop();
            load.awaitOutcomes();

            Duration silence = load.longestSilence(start, Instant.now());
            assertNothingLost(load, 2 * TIMES);
            assertThat(silence).isLessThan(Duration.ofSeconds(20));
            Finding.write(
                    "03-1-join-and-leave",
                    "Instances join and leave under load: nothing is lost, and at most `max-pending`"
                            + " is repeated for each lost assignment.",
                    "RebalanceChaos.instancesJoinAndLeave",
                    load,
                    TIMES + " joins, " + TIMES + " leaves",
                    "at most " + Finding.seconds(silence) + " without outcomes");
        }
    }

    @Test
    void oneFallsSilentAndComesBack() {
        try (RunningService first = first(MAX_PENDING);
                RunningService second = second(first, MAX_PENDING);
                Load load = new Load(first).start(PER_SECOND)) {
            Group group = new Group(first);
            group.awaitMembers(2);
            load.awaitOutcomes(2 * PER_SECOND);

            second.process().freeze();
            Instant frozen = Instant.now();
            LockSupport.parkNanos(BEYOND_THE_SESSION.toNanos());
            second.process().thaw();
            load.awaitOutcomes(load.answered() + 10 * PER_SECOND);
            Set<String> members = group.awaitMembers(2);
            for (int i = 0; i < 10; i++) {
                load.awaitOutcomes(load.answered() + PER_SECOND);
                assertThat(group.membersAtRest()).isEqualTo(members);
            }
            load.stop();
            load.awaitOutcomes();

            assertNothingLost(load, 2);
            Finding.write(
                    "03-2-silent",
                    "An instance is held for longer than its session lasts and goes on: nothing is"
                            + " lost, at most `max-pending` is repeated for each lost assignment,"
                            + " and the group comes to rest.",
                    "RebalanceChaos.oneFallsSilentAndComesBack",
                    load,
                    "held for " + Finding.seconds(BEYOND_THE_SESSION),
                    "at most "
                            + Finding.seconds(load.longestSilence(frozen, Instant.now()))
                            + " without outcomes");
        }
    }

    /** Its session outlasts this: it is the poll that comes too late, not the heartbeat. */
    @Test
    void onePollsTooLate() {
        int port = FreePort.find();
        try (RunningService first = first(MAX_PENDING);
                RunningService second =
                        limited(RunningService.beside(first), MAX_PENDING)
                                .jvmOption(PollThread.agent(port))
                                .setting(
                                        "camel.component.kafka.max-poll-interval-ms",
                                        "" + POLL_INTERVAL_MILLIS)
                                .start();
                PollThread polling = new PollThread(port);
                Load load = new Load(first).start(PER_SECOND)) {
            Group group = new Group(first);
            group.awaitMembers(2);
            load.awaitOutcomes(2 * PER_SECOND);

            polling.hold();
            Instant held = Instant.now();
            second.process().awaitStdout(POLL_EXPIRED);
            group.awaitMembers(1);
            load.awaitOutcomes(load.answered() + 5 * PER_SECOND);
            polling.release();
            Set<String> members = group.awaitMembers(2);
            for (int i = 0; i < 10; i++) {
                load.awaitOutcomes(load.answered() + PER_SECOND);
                assertThat(group.membersAtRest()).isEqualTo(members);
            }
            load.stop();
            load.awaitOutcomes();

            assertNothingLost(load, 1);
            assertThat(second.process().stdout()).containsOnlyOnce(POLL_EXPIRED);
            Finding.write(
                    "03-4-late-poll",
                    "An instance that is alive exceeds `max.poll.interval.ms`: nothing is lost, at"
                            + " most `max-pending` is repeated, and the group comes to rest once it"
                            + " goes on.",
                    "RebalanceChaos.onePollsTooLate",
                    load,
                    "`max.poll.interval.ms` " + POLL_INTERVAL_MILLIS,
                    "at most "
                            + Finding.seconds(load.longestSilence(held, Instant.now()))
                            + " without outcomes");
        }
    }

    @Test
    void theOthersTakeOver() {
        try (RunningService first = first(WIDE);
                RunningService second = second(first, WIDE);
                Load load = new Load(first).start(PER_SECOND / 2)) {
            new Group(first).awaitMembers(2);
            CompletableFuture<Void> release = new CompletableFuture<>();
            for (int i = 0; i < SLOW; i++) {
                first.simulator().alwaysAnswer("order--slow-" + i, Answers.after(release));
                load.askAside(Load.request(CUSTOMER, "order--slow-" + i));
            }
            load.awaitOutcomes(load.answered() + 3 * PER_SECOND);

            second.process().kill();
            Duration takeOver = load.awaitOutcomes();
            release.complete(null);
            load.stop();
            load.awaitEverything();

            assertThat(load.lost()).isZero();
            assertThat(load.failed()).isZero();
            assertThat(load.repeated()).isLessThanOrEqualTo(WIDE);
            assertThat(takeOver).isLessThan(Duration.ofSeconds(20));
            Finding.write(
                    "03-3-take-over",
                    "One of two instances is killed while calls of the other do not end: that one takes"
                            + " over within 20 s.",
                    "RebalanceChaos.theOthersTakeOver",
                    load,
                    "all that had been asked was answered " + Finding.seconds(takeOver) + " later");
        }
    }

    private static void assertNothingLost(Load load, int lostAssignments) {
        assertThat(load.lost()).isZero();
        assertThat(load.unknown()).isZero();
        assertThat(load.failed()).isZero();
        assertThat(load.repeated()).isLessThanOrEqualTo(lostAssignments * MAX_PENDING);
    }

    private static RunningService first(int maxPending) {
        RunningService service =
                limited(RunningService.builder(), maxPending)
                        .simulator(Simulator.builder().httpApi().anyOrder())
                        .start();
        service.simulator().latency(Duration.ofMillis(20), Duration.ofMillis(400));
        return service;
    }

    private static RunningService second(RunningService first, int maxPending) {
        return limited(RunningService.beside(first), maxPending).start();
    }

    private static RunningService.Builder limited(RunningService.Builder options, int maxPending) {
        return options.setting("order-lookup.max-pending", "" + maxPending)
                .setting("partner-center.response-timeout", "2m");
    }
}
