package io.github.orderlookup.bench.part;

import io.github.orderlookup.bench.load.Batch;
import io.github.orderlookup.bench.load.KafkaLoad;
import io.github.orderlookup.bench.load.Measure;
import io.github.orderlookup.bench.load.TopicSet;
import io.github.orderlookup.bench.system.Contestant;
import io.github.orderlookup.bench.system.Stage;
import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.process.JavaCommand;
import io.github.orderlookup.process.ProcessStats;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The start of each system, one after the other in interleaved rounds: until ours says that it is
 * ready, until the outcome of a request that waits for it is seen, and what it then keeps in
 * memory. Ours is started without and with a class cache, which is made before the first round.
 */
public final class Start {

    public static final String SCENARIO = "Start";

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** From the first outcome to the measurement of the memory. */
    private static final Duration REST = Duration.ofSeconds(10);

    private final Parameters parameters;
    private final Stage stage;

    public Start(Parameters parameters, Stage stage) {
        this.parameters = parameters;
        this.stage = stage;
    }

    public void run(Results results) throws Exception {
        stage.upstream().behave(parameters.usualDelay(), parameters.payload());
        List<Starter> starters = Starter.of(parameters, stage);
        for (int round = 1; round <= parameters.rounds(); round++) {
            System.out.println("Round " + round);
            for (Starter starter : starters) {
                results.add(SCENARIO, starter.title(), measure(starter));
            }
        }
    }

    private Map<Measure, Double> measure(Starter starter) throws Exception {
        Contestant contestant = starter.contestant();
        TopicSet topics = stage.topics(contestant.id(), parameters.partitions());
        URI ready = URI.create("http://127.0.0.1:" + FreePort.find() + "/observe/health/ready");
        JavaCommand command =
                contestant
                        .command(stage, topics, FreePort.find())
                        .options(starter.options().toArray(String[]::new))
                        .property("camel.management.port", Integer.toString(ready.getPort()));
        Map<Measure, Double> figures = new EnumMap<>(Measure.class);
        Batch batch = new Batch(1);
        try (KafkaLoad load = new KafkaLoad(topics, stage.brokers())) {
            load.watch(batch);
            load.fill(batch);
            long begin = System.nanoTime();
            try (ChildProcess process = command.start()) {
                if (contestant.isOurs()) {
                    process.awaitReady(ready, PATIENCE);
                    figures.put(Measure.READY, secondsSince(begin));
                }
                batch.await(process, PATIENCE);
                figures.put(Measure.FIRST, secondsSince(begin));
                figures.put(Measure.START_CPU, ProcessStats.of(process.pid()).cpuSeconds());
                Thread.sleep(REST.toMillis());
                figures.put(Measure.REST_RSS, ProcessStats.residentMebibytes(process.pid()));
            }
        }
        return figures;
    }

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
