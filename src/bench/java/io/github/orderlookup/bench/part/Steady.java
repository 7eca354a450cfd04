package io.github.orderlookup.bench.part;

import io.github.orderlookup.bench.load.Batch;
import io.github.orderlookup.bench.load.Measure;
import io.github.orderlookup.bench.load.Percentiles;
import io.github.orderlookup.bench.system.RunningSystem;
import io.github.orderlookup.bench.upstream.Delay;
import io.github.orderlookup.process.ProcessStats;
import java.util.EnumMap;
import java.util.Map;

/**
 * How long a request takes from being sent to its outcome being visible, while requests come
 * evenly.
 */
final class Steady {

    private Steady() {}

    static String scenario(String load, Delay delay) {
        return "Steady load, %s, %s".formatted(load, delay);
    }

    /** The first fifth of the requests is not counted. */
    static Map<Measure, Double> measure(RunningSystem system, double perSecond, int seconds)
            throws Exception {
        Batch batch = new Batch((int) (perSecond * seconds));
        system.load().watch(batch);
        ProcessStats before = system.stats();
        system.load().steadily(batch, perSecond);
        system.await(batch);
        ProcessStats after = system.stats();
        Percentiles latencies = batch.latencies(batch.size() / 5, batch.size());
        Map<Measure, Double> figures = new EnumMap<>(Measure.class);
        figures.put(Measure.OFFERED, perSecond);
        figures.put(Measure.P50, latencies.p50());
        figures.put(Measure.P99, latencies.p99());
        figures.put(Measure.CPU, after.cpuPerThousandSince(before, batch.size()));
        return figures;
    }
}
