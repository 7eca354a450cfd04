package io.github.orderlookup.chaos;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.RestClient;
import io.github.orderlookup.system.RunningService;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One customer that is paused, and answers that are large, beside others under load. */
class IndependenceChaos {
    private static final int PER_SECOND = 100;
    private static final int WARM = 3 * PER_SECOND;
    private static final int OF_THE_PAUSED = 1_600;
    private static final int LARGE = 8;
    private static final int OBJECTS = 5_000_000;
    private static final Duration BOUND = Duration.ofSeconds(20);

    @Test
    void oneCustomerIsPausedForAnHour() {
        String paused = UUID.randomUUID().toString();
        try (RunningService service = service();
                Load load = new Load(service).start(PER_SECOND)) {
            service.simulator().latency(Duration.ofMillis(20), Duration.ofMillis(200));
            load.awaitOutcomes(WARM);

            Instant asked = Instant.now();
            for (int i = 0; i < OF_THE_PAUSED; i++) {
                load.askAside(Load.request(paused, "throttled-3600--" + i));
            }
            load.awaitOutcomes(load.answered() + 15 * PER_SECOND);
            Duration silence = load.longestSilence(asked, Instant.now());
            load.stop();
            load.awaitEverything();

            long calls =
                    service.simulator().apiLog().all().stream()
                            .filter(call -> call.path().contains(paused))
                            .count();
            assertThat(load.lost()).isZero();
            assertThat(load.repeated()).isZero();
            assertThat(load.failed()).isEqualTo(OF_THE_PAUSED);
            assertThat(silence).isLessThan(BOUND);
            Finding.write(
                    "04-6-paused-customer",
                    "One customer is paused for an hour (429, `Retry-After: 3600`): its lookups are"
                            + " `throttled` at once, the others go on.",
                    "IndependenceChaos.oneCustomerIsPausedForAnHour",
                    load,
                    load.failed() + " problems, " + calls + " calls for that customer",
                    Finding.others(silence));
        }
    }

    @Test
    void answersOfFifteenMebibytes() {
        try (RunningService service = service();
                Load load = new Load(service).start(PER_SECOND)) {
            load.awaitOutcomes(WARM);
            RestClient rest = new RestClient(service);
            String large = "{\"lineItems\":[],\"x\":[" + "{},".repeat(OBJECTS) + "{}]}";
            for (int i = 0; i < LARGE; i++) {
                service.simulator().alwaysAnswer("large-" + i, Answers.text(200, large));
                service.simulator().alwaysAnswer("wide-" + i, Answers.text(200, large));
            }

            Instant asked = Instant.now();
            List<CompletableFuture<HttpResponse<Void>>> answers =
                    IntStream.range(0, LARGE)
                            .mapToObj(i -> rest.lookUpUnread("large-" + i))
                            .toList();
            IntStream.range(0, LARGE)
                    .forEach(i -> load.askAside(Load.request(CUSTOMER, "wide-" + i)));
            List<Integer> statuses =
                    answers.stream()
                            .map(CompletableFuture::join)
                            .map(HttpResponse::statusCode)
                            .toList();
            load.awaitEverything();
            Duration silence = load.longestSilence(asked, Instant.now());
            load.stop();
            load.awaitEverything();

            long found = statuses.stream().filter(status -> status == 200).count();
            assertThat(statuses).allMatch(status -> status == 200 || status == 503).contains(200);
            assertThat(load.lost()).isZero();
            assertThat(load.repeated()).isZero();
            assertThat(load.failed()).isEqualTo(LARGE);
            assertThat(rest.lookUp("order--after").statusCode()).isEqualTo(200);
            assertThat(silence).isLessThan(BOUND);
            Finding.write(
                    "05-7-large-answers",
                    "Eight answers of 15 MiB over REST and eight over Kafka at once in a heap of"
                            + " 256 MiB: over REST found or `overloaded`, over Kafka"
                            + " `outcome-too-large`; the others go on.",
                    "IndependenceChaos.answersOfFifteenMebibytes",
                    load,
                    found + " of " + LARGE + " found over REST",
                    load.failed() + " problems",
                    Finding.others(silence));
        }
    }

    private static RunningService service() {
        return RunningService.builder().simulator(Simulator.builder().httpApi().anyOrder()).start();
    }
}
