package io.github.orderlookup.bench.part;

import io.github.orderlookup.bench.load.Batch;
import io.github.orderlookup.bench.load.KafkaLoad;
import io.github.orderlookup.bench.load.Measure;
import io.github.orderlookup.bench.load.TopicSet;
import io.github.orderlookup.bench.system.Ours;
import io.github.orderlookup.bench.system.RunningSystem;
import io.github.orderlookup.bench.system.Stage;
import io.github.orderlookup.bench.upstream.Delay;
import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.process.FreePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What several instances of one group get through together, where calls under way are the limit.
 */
final class ScaleOut {

    private static final Delay DELAY = Delay.parse("200ms");
    private static final int IN_FLIGHT = 64;
    private static final double SECONDS = 15;

    private final Parameters parameters;
    private final Stage stage;

    ScaleOut(Parameters parameters, Stage stage) {
        this.parameters = parameters;
        this.stage = stage;
    }

    void run(Results results) throws Exception {
        stage.upstream().behave(DELAY, parameters.payload());
        double one = add(results, 1, 8, Double.NaN);
        add(results, 2, 8, one);
        add(results, 3, 9, one);
    }

    private double add(Results results, int instances, int partitions, double one)
            throws Exception {
        double rate = measure(instances, partitions);
        double share = Double.isNaN(one) ? 1 : rate / instances / one;
        results.add(
                "Scale-out, %s, %d in flight each".formatted(DELAY, IN_FLIGHT),
                "%d of one group, %d partitions".formatted(instances, partitions),
                Map.of(Measure.RATE, rate, Measure.SHARE, share));
        return rate;
    }

    private double measure(int instances, int partitions) throws Exception {
        TopicSet topics = stage.topics("scale-out-" + instances, partitions);
        List<RunningSystem> systems = new ArrayList<>();
        try (KafkaLoad load = new KafkaLoad(topics, stage.brokers())) {
            try {
                for (int instance = 0; instance < instances; instance++) {
                    systems.add(start(topics, load));
                }
                return measure(systems, load);
            } finally {
                systems.forEach(system -> system.process().close());
            }
        }
    }

    private RunningSystem start(TopicSet topics, KafkaLoad load) throws InterruptedException {
        ChildProcess process =
                Ours.command(stage, topics, FreePort.find(), IN_FLIGHT)
                        .start()
                        .awaitStdout("Routes startup");
        return new RunningSystem("", IN_FLIGHT, 0, process, load);
    }

    /** The warm-up also lasts until all instances have joined the group. */
    private static double measure(List<RunningSystem> systems, KafkaLoad load) throws Exception {
        int perSecond = (int) DELAY.perSecond(IN_FLIGHT * systems.size());
        RunningSystem first = systems.get(0);
        for (int warmUp = 0; warmUp < 3; warmUp++) {
            first.answer(4 * perSecond);
        }
        Batch batch = new Batch((int) (SECONDS * perSecond));
        load.watch(batch);
        for (RunningSystem system : systems) {
            system.freeze();
        }
        load.fill(batch);
        for (RunningSystem system : systems) {
            system.thaw();
        }
        long start = System.nanoTime();
        first.await(batch);
        return batch.perSecondSince(start);
    }
}
