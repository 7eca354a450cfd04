package io.github.orderlookup.bench.part;

import io.github.orderlookup.bench.load.Batch;
import io.github.orderlookup.bench.load.Measure;
import io.github.orderlookup.bench.system.Contestant;
import io.github.orderlookup.bench.system.RunningSystem;
import io.github.orderlookup.bench.system.Stage;
import io.github.orderlookup.bench.upstream.Delay;
import io.github.orderlookup.process.ProcessStats;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The first lookups of a fresh process, whose code is not compiled yet. A single one is answered
 * before, so that the time for the start and for joining the group does not count.
 */
public final class Cold {

    private static final double PER_SECOND = 500;
    private static final int LOOKUPS = 10_000;
    private static final int FIRST = 1_000;

    private final Parameters parameters;
    private final Stage stage;
    private final int lookups;

    public Cold(Parameters parameters, Stage stage) {
        this.parameters = parameters;
        this.stage = stage;
        this.lookups = parameters.records() == 0 ? LOOKUPS : parameters.records();
    }

    static String scenario(Delay delay, int lookups) {
        return "Cold: %,d lookups of a fresh process, %.0f/s, %s"
                .formatted(lookups, PER_SECOND, delay);
    }

    public void run(Results results) throws Exception {
        Delay delay = parameters.usualDelay();
        stage.upstream().behave(delay, parameters.payload());
        List<Starter> starters = fastEnough();
        // The first one is for broker, upstream and load, whose own code is cold as well.
        try (RunningSystem system = stage.start(Contestant.OURS, parameters.partitions())) {
            WarmUp.overKafka(system);
        }
        for (int round = 1; round <= parameters.rounds(); round++) {
            System.out.println("Round " + round);
            for (Starter starter : starters) {
                results.add(scenario(delay, lookups), starter.title(), measure(starter));
            }
        }
    }

    private List<Starter> fastEnough() throws IOException {
        Delay delay = parameters.usualDelay();
        return Starter.of(parameters, stage).stream()
                .filter(starter -> delay.perSecond(starter.contestant().inFlight()) > PER_SECOND)
                .toList();
    }

    private Map<Measure, Double> measure(Starter starter) throws Exception {
        try (RunningSystem system =
                stage.start(starter.contestant(), parameters.partitions(), starter.options())) {
            Batch batch = new Batch(lookups);
            system.load().watch(batch);
            ProcessStats before = system.stats();
            system.load().steadily(batch, PER_SECOND);
            system.await(batch);
            Map<Measure, Double> figures = new EnumMap<>(Measure.class);
            figures.put(Measure.CPU, system.stats().cpuPerThousandSince(before, lookups));
            figures.put(Measure.P99_FIRST, batch.latencies(0, Math.min(FIRST, lookups)).p99());
            figures.put(Measure.P50, batch.latencies(0, lookups).p50());
            figures.put(Measure.P99, batch.latencies(0, lookups).p99());
            return figures;
        }
    }
}
