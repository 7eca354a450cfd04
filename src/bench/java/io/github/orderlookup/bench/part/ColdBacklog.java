package io.github.orderlookup.bench.part;

import static org.awaitility.Awaitility.await;

import io.github.orderlookup.bench.load.Batch;
import io.github.orderlookup.bench.load.KafkaLoad;
import io.github.orderlookup.bench.load.Measure;
import io.github.orderlookup.bench.load.TopicSet;
import io.github.orderlookup.bench.system.Contestant;
import io.github.orderlookup.bench.system.Stage;
import io.github.orderlookup.bench.upstream.Delay;
import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.process.JavaCommand;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.Scrape;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A fresh process that finds requests waiting, over TLS and with a short response timeout: its own
 * slowness must not look like an outage. The peers have no circuit breaker.
 */
public final class ColdBacklog {

    private static final int REQUESTS = 2_000;
    private static final String RESPONSE_TIMEOUT = "3s";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** An open breaker stays open for five seconds at least. */
    private static final Duration SAMPLE = Duration.ofMillis(500);

    private final Parameters parameters;
    private final Stage stage;

    public ColdBacklog(Parameters parameters, Stage stage) {
        this.parameters = parameters;
        this.stage = stage;
    }

    static String scenario(Delay delay) {
        return "Cold start with %,d requests waiting, TLS, response timeout %s, %s"
                .formatted(REQUESTS, RESPONSE_TIMEOUT, delay);
    }

    public void run(Results results) throws Exception {
        Delay delay = parameters.usualDelay();
        try (Simulator simulator = Simulator.builder().anyOrder().start()) {
            simulator.latency(delay.least(), delay.most());
            // The first one is for the simulator, whose own code is cold as well.
            measure(Contestant.OURS, simulator);
            rounds(results, scenario(delay), simulator);
        }
    }

    private void rounds(Results results, String scenario, Simulator simulator) throws Exception {
        for (int round = 1; round <= parameters.rounds(); round++) {
            for (Contestant contestant : parameters.systems()) {
                if (contestant.isOurs()) {
                    results.add(scenario, contestant.title(), measure(contestant, simulator));
                }
            }
        }
    }

    private Map<Measure, Double> measure(Contestant contestant, Simulator simulator)
            throws Exception {
        TopicSet topics = stage.topics("waiting", parameters.partitions());
        try (KafkaLoad load = new KafkaLoad(topics, stage.brokers())) {
            Batch batch = new Batch(REQUESTS);
            load.watch(batch);
            load.fill(batch);
            return measure(batch, contestant.command(stage, topics, FreePort.find()), simulator);
        }
    }

    private static Map<Measure, Double> measure(
            Batch batch, JavaCommand command, Simulator simulator) throws InterruptedException {
        URI management = URI.create("http://127.0.0.1:" + FreePort.find());
        long begin = System.nanoTime();
        try (ChildProcess process = start(command, simulator, management)) {
            process.awaitReady(management.resolve("/observe/health/live"), PATIENCE);
            double openSeconds = openSeconds(management, batch, process);
            batch.await(process, PATIENCE);
            Map<Measure, Double> figures = new EnumMap<>(Measure.class);
            figures.put(Measure.FIRST, batch.secondsToFirstSince(begin));
            figures.put(Measure.LAST, batch.secondsToLastSince(begin));
            figures.put(Measure.BREAKER_OPEN, openSeconds);
            return figures;
        }
    }

    private static ChildProcess start(JavaCommand command, Simulator simulator, URI management) {
        return command.property("partner-center.api-url", simulator.apiUrl().toString())
                .property("partner-center.login-url", simulator.loginUrl().toString())
                .property("partner-center.client-secret", Simulator.CLIENT_SECRET)
                .property("partner-center.response-timeout", RESPONSE_TIMEOUT)
                .property("camel.management.port", Integer.toString(management.getPort()))
                .property("javax.net.ssl.trustStore", Simulator.trustStore().toString())
                .property("javax.net.ssl.trustStorePassword", "changeit")
                .start();
    }

    /** Until all requests are answered, by samples of its metrics. */
    private static double openSeconds(URI management, Batch batch, ChildProcess process) {
        AtomicInteger open = new AtomicInteger();
        await().atMost(PATIENCE)
                .pollInterval(SAMPLE)
                .until(
                        () -> {
                            open.addAndGet(isOpen(management) ? 1 : 0);
                            return batch.isAnswered() || !process.isAlive();
                        });
        return open.get() * SAMPLE.toMillis() / 1e3;
    }

    private static boolean isOpen(URI management) {
        return Scrape.of(management).value("order_lookup_breaker_state", "state", "open") == 1;
    }
}
