package io.github.orderlookup.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.simulator.ReceivedLog;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.RestClient;
import io.github.orderlookup.system.RunningService;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Partner Center, or the host that issues tokens, is down for a minute under load. */
class OutageChaos {
    private static final int PER_SECOND = 60;
    private static final Duration OUTAGE = Duration.ofSeconds(60);
    private static final Duration NOTICED = Duration.ofSeconds(20);
    private static final Duration AT_ONCE = Duration.ofSeconds(2);
    private static final Duration PROBING = Duration.ofSeconds(5);

    /** Five seconds, the last fifth of which is random. */
    private static final Duration SIGNING_IN = Duration.ofSeconds(4);

    private static final Duration RECOVERY = Duration.ofSeconds(10);
    private static final int STAMPEDE = 16;

    @Test
    void partnerCenterIsDown() {
        try (RunningService service = service();
                Load load = new Load(service).start(PER_SECOND)) {
            load.awaitOutcomes(5 * PER_SECOND);
            Simulator simulator = service.simulator();

            simulator.alwaysAnswerAll(Answers.status(503));
            Instant down = Instant.now();
            int probes = sitOut(service, down, simulator.apiLog(), PROBING);

            Recovery recovery = recover(simulator, load);

            finish(load, recovery);
            Finding.write(
                    "04-1-partner-center",
                    "Partner Center is down for 60 s: no Kafka request becomes an error, readiness"
                            + " is down and liveness up, REST answers `upstream-unavailable` at"
                            + " once, one call is tried every 5 s; it resumes within 10 s, without a"
                            + " stampede.",
                    "OutageChaos.partnerCenterIsDown",
                    load,
                    probes + " calls tried in " + Finding.seconds(OUTAGE.minus(NOTICED)),
                    "first outcome " + Finding.seconds(recovery.took()) + " after the recovery",
                    "at most " + recovery.stampede() + " calls at once in its first second");
        }
    }

    @Test
    void theLoginHostIsDown() {
        try (RunningService service = service();
                Load load = new Load(service).start(PER_SECOND)) {
            load.awaitOutcomes(5 * PER_SECOND);
            Simulator simulator = service.simulator();

            simulator.alwaysAnswerLogin(Answers.status(503));
            simulator.revokeAccessTokens();
            Instant down = Instant.now();
            int probes = sitOut(service, down, simulator.loginLog(), SIGNING_IN);

            Recovery recovery = recover(simulator, load);

            finish(load, recovery);
            Finding.write(
                    "04-2-login-host",
                    "The login host is down for 60 s and no token is valid: the same.",
                    "OutageChaos.theLoginHostIsDown",
                    load,
                    probes + " sign-ins tried in " + Finding.seconds(OUTAGE.minus(NOTICED)),
                    "first outcome " + Finding.seconds(recovery.took()) + " after the recovery",
                    "at most " + recovery.stampede() + " calls at once in its first second");
        }
    }

    /** What is promised meanwhile; returns how many requests the host that is down has met. */
    private static int sitOut(
            RunningService service, Instant down, ReceivedLog log, Duration between) {
        RestClient rest = new RestClient(service);
        await().atMost(NOTICED).until(() -> !rest.isReady());
        sleepUntil(down.plus(NOTICED));
        int before = log.size();
        Instant asked = Instant.now();
        HttpResponse<String> answer = rest.lookUp("order--over-rest");
        Duration took = Duration.between(asked, Instant.now());

        sleepUntil(down.plus(OUTAGE));

        int probes = log.size() - before;
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("upstream-unavailable");
        assertThat(took).isLessThan(AT_ONCE);
        assertThat(rest.isReady()).isFalse();
        assertThat(rest.isAlive()).isTrue();
        assertThat(probes).isBetween(1, (int) OUTAGE.minus(NOTICED).dividedBy(between) + 2);
        return probes;
    }

    /**
     * How it went on once the host was back.
     *
     * @param took until the first outcome
     * @param stampede calls at once, at most, in the second after it
     */
    private record Recovery(Duration took, int stampede) {}

    private static Recovery recover(Simulator simulator, Load load) {
        simulator.resetPeak();
        simulator.answerNormally();
        int answered = load.answered();
        Instant back = Instant.now();
        load.awaitOutcomes(answered + 1);
        Duration took = Duration.between(back, Instant.now());
        LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        return new Recovery(took, simulator.peakInFlight());
    }

    private static void finish(Load load, Recovery recovery) {
        load.stop();
        load.awaitOutcomes();
        assertThat(load.lost()).isZero();
        assertThat(load.failed()).isZero();
        assertThat(load.repeated()).isZero();
        assertThat(recovery.took()).isLessThan(RECOVERY);
        assertThat(recovery.stampede()).isLessThan(STAMPEDE);
    }

    private static void sleepUntil(Instant moment) {
        while (Instant.now().isBefore(moment)) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private static RunningService service() {
        RunningService service =
                RunningService.builder()
                        .simulator(Simulator.builder().httpApi().anyOrder())
                        .start();
        service.simulator().latency(Duration.ofMillis(50), Duration.ofMillis(200));
        return service;
    }
}
