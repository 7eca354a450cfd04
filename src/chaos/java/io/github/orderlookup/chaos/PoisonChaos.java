package io.github.orderlookup.chaos;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.RunningService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests that never become an Order, among many that do. */
class PoisonChaos {
    private static final int PER_SECOND = 200;
    private static final int SECONDS = 15;
    private static final int ONE_IN = 5;
    private static final int PERCENTILE = 95;
    private static final String UNKNOWN_CUSTOMER = "00000000-0000-4000-8000-000000000001";

    /** One kind after the other; the calls among them end at the first attempt or use up all. */
    private static final List<String> POISON =
            List.of(
                    "",
                    "no JSON",
                    "[]",
                    "null",
                    "{}",
                    "{\"customerId\": 1, \"orderId\": 2}",
                    "{".repeat(5_000),
                    "x".repeat(100_000),
                    Load.request("no customer", "order--1"),
                    Load.request(CUSTOMER, "../../customers"),
                    Load.request(CUSTOMER, "http-404"),
                    Load.request(UNKNOWN_CUSTOMER, "http-403"),
                    Load.request(CUSTOMER, "http-500-800003"),
                    Load.request(CUSTOMER, "second-500-1-final"),
                    Load.request(CUSTOMER, "not-json"),
                    Load.request(CUSTOMER, "wrong-order"),
                    Load.request(CUSTOMER, "gzip-bomb-17"),
                    Load.request(CUSTOMER, "redirect"),
                    Load.request(CUSTOMER, "truncated"),
                    Load.request(CUSTOMER, "reset-mid-body"));

    @Test
    void aFifthOfTheRequestsIsBroken() {
        try (RunningService service =
                        RunningService.builder()
                                .simulator(Simulator.builder().httpApi().anyOrder())
                                .start();
                Load load = new Load(service)) {
            service.simulator().latency(Duration.ofMillis(20), Duration.ofMillis(200));
            load.start(PER_SECOND);
            load.awaitOutcomes(5 * PER_SECOND);
            load.stop();
            load.awaitOutcomes();

            Instant clean = Instant.now();
            load.start(PER_SECOND);
            load.awaitOutcomes(load.answered() + SECONDS * PER_SECOND);
            load.stop();
            load.awaitOutcomes();
            Instant poisoned = Instant.now();
            load.start(PER_SECOND, PoisonChaos::value);
            load.awaitOutcomes(load.answered() + SECONDS * PER_SECOND);
            load.stop();
            load.awaitOutcomes();

            Duration without = load.timeOfFound(clean, poisoned, PERCENTILE);
            Duration with = load.timeOfFound(poisoned, Instant.now(), PERCENTILE);
            assertThat(load.lost()).isZero();
            assertThat(load.repeated()).isZero();
            assertThat(load.failed()).isGreaterThanOrEqualTo(SECONDS * PER_SECOND / ONE_IN);
            assertThat(with).isLessThan(without.plusSeconds(1));
            Finding.write(
                    "07-1-poison",
                    "Broken requests and broken answers of "
                            + POISON.size()
                            + " kinds are a fifth of the load: each has its problem, the rest is"
                            + " not slowed.",
                    "PoisonChaos.aFifthOfTheRequestsIsBroken",
                    load,
                    load.failed() + " problems",
                    PERCENTILE
                            + " % of the Orders within "
                            + with.toMillis()
                            + " ms, "
                            + without.toMillis()
                            + " ms without poison");
        }
    }

    private static String value(int number) {
        return number % ONE_IN == 0
                ? POISON.get(number / ONE_IN % POISON.size())
                : Load.request(CUSTOMER, "order--fine-" + number);
    }
}
