package io.github.orderlookup.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.broker.Broker;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.RestClient;
import io.github.orderlookup.system.RunningService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The broker goes away under load and comes back; one of three goes away for good. */
class BrokerChaos {
    private static final int PER_SECOND = 100;
    private static final int WARM = 300;

    @Test
    void stoppedForHalfAMinute() {
        try (Broker broker = Broker.start();
                RunningService service = service(broker);
                Load load = new Load(service).start(PER_SECOND)) {
            RestClient rest = new RestClient(service);
            load.awaitOutcomes(WARM);

            broker.stop();
            int answered = 0;
            Instant end = Instant.now().plusSeconds(30);
            while (Instant.now().isBefore(end)) {
                assertThat(rest.lookUp("order--rest-" + answered++).statusCode()).isEqualTo(200);
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
            assertThat(rest.isReady()).isFalse();
            broker.restart();
            Duration recovery = load.awaitOutcomes();
            load.stop();
            load.awaitOutcomes();

            assertNothingLost(load);
            assertThat(recovery).isLessThan(Duration.ofSeconds(20));
            Finding.write(
                    "02-1-broker-stopped",
                    "The broker stops for 30 s: nothing is lost, lookups go on over REST, readiness"
                            + " is down, and polling goes on when the broker is back.",
                    "BrokerChaos.stoppedForHalfAMinute",
                    load,
                    answered + " of " + answered + " lookups over REST meanwhile",
                    "all answered " + Finding.seconds(recovery) + " after the broker was back");
        }
    }

    @Test
    void killed() {
        try (Broker broker = Broker.start();
                RunningService service = service(broker);
                Load load = new Load(service).start(PER_SECOND)) {
            load.awaitOutcomes(WARM);

            broker.kill();
            broker.restart();
            Duration recovery = load.awaitOutcomes();
            load.awaitOutcomes(load.answered() + WARM);
            load.stop();
            load.awaitOutcomes();

            assertNothingLost(load);
            assertThat(recovery).isLessThan(Duration.ofSeconds(20));
            Finding.write(
                    "02-2-broker-killed",
                    "The broker is killed (SIGKILL) and started again: nothing is lost.",
                    "BrokerChaos.killed",
                    load,
                    "all answered " + Finding.seconds(recovery) + " after the broker was back");
        }
    }

    @Test
    void oneOfThreeKilled() {
        List<Broker> brokers = Broker.startThree();
        try (RunningService service =
                        builder(brokers.get(0))
                                .setting("camel.component.kafka.brokers", Load.addresses(brokers))
                                .start();
                Load load = new Load(service, brokers).start(PER_SECOND)) {
            service.simulator().latency(Duration.ofMillis(20), Duration.ofMillis(200));
            load.awaitOutcomes(WARM);

            brokers.get(2).kill();
            Instant killed = Instant.now();
            load.awaitOutcomes(load.answered() + 20 * PER_SECOND);
            load.stop();
            load.awaitOutcomes();

            assertNothingLost(load);
            Duration silence = load.longestSilence(killed, Instant.now());
            assertThat(silence).isLessThan(Duration.ofSeconds(20));
            Finding.write(
                    "02-3-one-of-three",
                    "One of three brokers is killed for good (replication 3, `min.insync.replicas`"
                            + " 2): nothing is lost.",
                    "BrokerChaos.oneOfThreeKilled",
                    load,
                    "at most " + Finding.seconds(silence) + " without outcomes");
        } finally {
            brokers.forEach(Broker::close);
        }
    }

    private static void assertNothingLost(Load load) {
        assertThat(load.lost()).isZero();
        assertThat(load.unknown()).isZero();
        assertThat(load.failed()).isZero();
        assertThat(load.repeated()).isLessThanOrEqualTo(WARM);
    }

    private static RunningService service(Broker broker) {
        RunningService service = builder(broker).start();
        service.simulator().latency(Duration.ofMillis(20), Duration.ofMillis(200));
        return service;
    }

    private static RunningService.Builder builder(Broker broker) {
        return RunningService.builder()
                .broker(broker)
                .simulator(Simulator.builder().httpApi().anyOrder())
                .setting("order-lookup.max-pending", "" + WARM);
    }
}
