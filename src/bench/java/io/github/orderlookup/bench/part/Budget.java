package io.github.orderlookup.bench.part;

import io.github.orderlookup.bench.load.Batch;
import io.github.orderlookup.bench.load.KafkaLoad;
import io.github.orderlookup.bench.load.Measure;
import io.github.orderlookup.bench.load.TopicSet;
import io.github.orderlookup.bench.system.Ours;
import io.github.orderlookup.bench.system.Stage;
import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.simulator.Simulator;
import java.time.Duration;
import java.util.Map;

/**
 * How much of the requests that the service allows in a minute is used, and how many it refuses:
 * with the right budget, and with one three times too high.
 */
final class Budget {

    private static final int WINDOW = 500;
    private static final int RECORDS = 1_500;
    private static final int USUAL_IN_FLIGHT = 256;

    private final Stage stage;

    Budget(Stage stage) {
        this.stage = stage;
    }

    void run(Results results) throws Exception {
        for (int budget : new int[] {WINDOW, 3 * WINDOW}) {
            results.add(
                    "Request budget, %d a minute allowed, %,d records".formatted(WINDOW, RECORDS),
                    "requests-per-minute=" + budget,
                    measure(budget));
        }
    }

    private Map<Measure, Double> measure(int budget) throws Exception {
        TopicSet topics = stage.topics("budget-" + budget, 8);
        try (Simulator simulator = Simulator.builder().http().anyOrder().start();
                KafkaLoad load = new KafkaLoad(topics, stage.brokers())) {
            simulator.latency(Duration.ofMillis(50), Duration.ofMillis(300));
            simulator.window(WINDOW);
            Batch batch = new Batch(RECORDS);
            load.watch(batch);
            load.fill(batch);
            try (ChildProcess process = start(topics, simulator, budget)) {
                batch.await(process, Duration.ofMinutes(15));
            }
            double perMinute = 60 * batch.perSecondBetweenOutcomes();
            return Map.of(
                    Measure.RATE, perMinute / 60,
                    Measure.SHARE, perMinute / WINDOW,
                    Measure.REFUSED, (double) simulator.apiLog().all().size() - RECORDS);
        }
    }

    private ChildProcess start(TopicSet topics, Simulator simulator, int budget) {
        return Ours.command(stage, topics, FreePort.find(), USUAL_IN_FLIGHT)
                .property("partner-center.api-url", simulator.apiUrl().toString())
                .property("partner-center.login-url", simulator.loginUrl().toString())
                .property("partner-center.tenant-id", Simulator.TENANT_ID)
                .property("partner-center.client-id", Simulator.CLIENT_ID)
                .property("partner-center.client-secret", Simulator.CLIENT_SECRET)
                .property("partner-center.requests-per-minute", Integer.toString(budget))
                .property("order-lookup.max-pending", "2048")
                .start();
    }
}
