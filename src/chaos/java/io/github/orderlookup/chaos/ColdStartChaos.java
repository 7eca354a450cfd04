package io.github.orderlookup.chaos;

import static io.github.orderlookup.system.Asker.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.Asker;
import io.github.orderlookup.system.RunningService;
import io.github.orderlookup.system.Scrape;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;

/**
 * A fresh process is slow itself, which is no outage of Partner Center. The simulator is not: it
 * has answered another process before.
 */
class ColdStartChaos {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int REQUESTS = 2_000;
    private static final int FOR_THE_SIMULATOR = 300;

    /** An open breaker stays open for five seconds at least. */
    private static final Duration SAMPLE = Duration.ofMillis(500);

    @Test
    void requestsWaitAtTheStart() {
        try (RunningService service = start();
                Asker asker = new Asker(service)) {
            asker.awaitAll(ask(asker, "before", FOR_THE_SIMULATOR));
            service.process().terminate();
            List<RecordMetadata> waiting = ask(asker, "waiting", REQUESTS);

            service.restart();

            await().atMost(PATIENCE)
                    .pollInterval(SAMPLE)
                    .failFast("The circuit breaker is open", () -> isOpen(service))
                    .until(() -> found(service) == REQUESTS);
            asker.awaitAll(waiting);
            assertThat(waiting)
                    .extracting(request -> asker.outcome(request).kind())
                    .containsOnly("found");
            Finding.write(
                    new Finding(
                            "04-9-cold-start",
                            "A fresh process finds requests waiting, with a response timeout of"
                                    + " 3 s: its own slowness does not open the circuit breaker.",
                            "ColdStartChaos.requestsWaitAtTheStart",
                            List.of(REQUESTS + " requests", REQUESTS + " found")));
        }
    }

    private static RunningService start() {
        RunningService service =
                RunningService.builder()
                        .simulator(Simulator.builder().anyOrder())
                        .setting("partner-center.response-timeout", "3s")
                        .start();
        service.simulator().latency(Duration.ofMillis(50));
        return service;
    }

    private static List<RecordMetadata> ask(Asker asker, String name, int requests) {
        return IntStream.range(0, requests)
                .mapToObj(n -> asker.send(request("%s--%d".formatted(name, n))))
                .toList();
    }

    private static boolean isOpen(RunningService service) {
        return Scrape.of(service).value("order_lookup_breaker_state", "state", "open") == 1;
    }

    private static double found(RunningService service) {
        return Scrape.of(service).value("order_lookup_lookups_total", "outcome", "found");
    }
}
