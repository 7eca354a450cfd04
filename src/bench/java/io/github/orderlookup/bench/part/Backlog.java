package io.github.orderlookup.bench.part;

import io.github.orderlookup.bench.load.Batch;
import io.github.orderlookup.bench.load.Measure;
import io.github.orderlookup.bench.system.RunningSystem;
import io.github.orderlookup.bench.upstream.Delay;
import io.github.orderlookup.process.ProcessStats;
import java.util.Map;

/** How fast a system works off a backlog that lies before it. */
public final class Backlog {

    private static final double SECONDS = 4;
    private static final double WARM_UP_SECONDS = 1;

    /** No system here is faster on a few cores; keeps the default batches from growing too long. */
    private static final double FASTEST = 10_000;

    static final int USUAL_IN_FLIGHT = 512;

    private final int records;

    /**
     * @param records at 512 in flight, 0 for what takes about four seconds
     */
    Backlog(int records) {
        this.records = records;
    }

    public static String scenario(Delay delay) {
        return "Backlog, " + delay;
    }

    /** One run, right after a warm-up of the same kind. */
    Map<Measure, Double> measure(RunningSystem system, Delay delay) throws Exception {
        system.answer(records(system, delay, WARM_UP_SECONDS));
        Batch batch = new Batch(records(system, delay, SECONDS));
        system.load().watch(batch);
        system.freeze();
        try {
            system.load().fill(batch);
        } finally {
            system.thaw();
        }
        long start = System.nanoTime();
        ProcessStats before = system.stats();
        system.await(batch);
        ProcessStats after = system.stats();
        return Map.of(
                Measure.RATE,
                batch.perSecondSince(start),
                Measure.CPU,
                after.cpuPerThousandSince(before, batch.size()),
                Measure.PEAK_RSS,
                after.peakMebibytes());
    }

    private int records(RunningSystem system, Delay delay, double seconds) {
        int inFlight = system.inFlight();
        double wanted =
                records == 0
                        ? seconds * Math.min(FASTEST, delay.perSecond(inFlight))
                        : records * seconds / SECONDS * inFlight / USUAL_IN_FLIGHT;
        return Math.max(2 * inFlight, (int) wanted);
    }
}
