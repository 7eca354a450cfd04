package io.github.orderlookup.bench.part;

import io.github.orderlookup.bench.load.Batch;
import io.github.orderlookup.bench.load.KafkaLoad;
import io.github.orderlookup.bench.load.Measure;
import io.github.orderlookup.bench.load.TopicSet;
import io.github.orderlookup.bench.system.LiveHeap;
import io.github.orderlookup.bench.system.Ours;
import io.github.orderlookup.bench.system.Stage;
import io.github.orderlookup.bench.upstream.Delay;
import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.process.ProcessStats;
import java.time.Duration;
import java.util.Map;

/**
 * Whether memory grows with the backlog: 50,000 records, then 1,000,000, each met at the start. The
 * live heap is taken with 25,000 left, so that as many as may be pending are.
 */
final class Million {

    private static final Delay DELAY = Delay.parse("50ms");
    private static final int IN_FLIGHT = 512;
    private static final int FEW = 50_000;
    private static final int MANY = 1_000_000;

    private final Parameters parameters;
    private final Stage stage;

    Million(Parameters parameters, Stage stage) {
        this.parameters = parameters;
        this.stage = stage;
    }

    void run(Results results) throws Exception {
        stage.upstream().behave(DELAY, parameters.payload());
        for (int records :
                new int[] {FEW, parameters.records() > 0 ? parameters.records() : MANY}) {
            results.add(
                    "Backlog that is there at the start, " + DELAY,
                    "%,d records".formatted(records),
                    measure(records));
        }
    }

    private Map<Measure, Double> measure(int records) throws Exception {
        TopicSet topics = stage.topics("backlog-" + records, parameters.partitions());
        try (KafkaLoad load = new KafkaLoad(topics, stage.brokers())) {
            Batch batch = new Batch(records);
            load.watch(batch);
            load.fill(batch);
            long start = System.nanoTime();
            try (ChildProcess process =
                    Ours.command(stage, topics, FreePort.find(), IN_FLIGHT).start()) {
                batch.awaitAllBut(FEW / 2, process, Duration.ofHours(1));
                double heap = LiveHeap.mebibytes(process.pid());
                batch.await(process, Duration.ofHours(1));
                return Map.of(
                        Measure.RATE, batch.perSecondSince(start),
                        Measure.LIVE_HEAP, heap,
                        Measure.PEAK_RSS, ProcessStats.of(process.pid()).peakMebibytes());
            }
        }
    }
}
