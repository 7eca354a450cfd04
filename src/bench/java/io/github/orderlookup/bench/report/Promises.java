package io.github.orderlookup.bench.report;

import io.github.orderlookup.bench.load.Measure;
import io.github.orderlookup.bench.part.Backlog;
import io.github.orderlookup.bench.part.Parameters;
import io.github.orderlookup.bench.part.Rest;
import io.github.orderlookup.bench.part.Results;
import io.github.orderlookup.bench.part.Rounds;
import io.github.orderlookup.bench.part.Start;
import io.github.orderlookup.bench.part.Starter;
import io.github.orderlookup.bench.system.Contestant;
import io.github.orderlookup.bench.upstream.Delay;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** What the benchmark is to show on one JDK. What was not run is left out. */
final class Promises {

    /** Up to here only the throughput where the CPU is the limit is promised. */
    private static final int OLDER_JDK = 24;

    private static final String OURS = Contestant.OURS.title();
    private static final String DIRECT = Contestant.DIRECT.title();

    private final Results results;
    private final boolean older;
    private final boolean fewerCpus;
    private final List<Promise> promises = new ArrayList<>();

    private Promises(Results results) {
        this.results = results;
        this.older = results.jvm().feature() <= OLDER_JDK;
        this.fewerCpus = !results.jvm().cpus().isEmpty();
    }

    static List<Promise> of(Results results, Parameters parameters) {
        Promises promises = new Promises(results);
        Delay usual = parameters.usualDelay();
        parameters.delays().forEach(promises::throughput);
        if (!promises.older) {
            parameters.delays().forEach(promises::backlog);
            promises.latency(usual);
            promises.rest(usual);
            promises.start();
            results.scenarios().forEach(promises::cold);
        }
        return promises.promises;
    }

    private void throughput(Delay delay) {
        String scenario = Backlog.scenario(delay);
        double ratio = ratio(scenario, DIRECT, Measure.RATE);
        if (isCpuBound(delay)) {
            atLeast(scenario + ": × hand-written", ratio, older || fewerCpus ? 0.9 : 0.95);
        } else if (!older) {
            atLeast(scenario + ": × hand-written", ratio, 0.97);
        }
    }

    private void backlog(Delay delay) {
        String scenario = Backlog.scenario(delay);
        if (isCpuBound(delay)) {
            atMost(scenario + ": CPU, × hand-written", ratio(scenario, DIRECT, Measure.CPU), 1.1);
            double stock = ratio(scenario, Contestant.STOCK.title(), Measure.RATE);
            atLeast(scenario + ": × camel-kafka as it comes", stock, 25);
            double several = ratio(scenario, Contestant.ONE_PARTITION.title(), Measure.RATE);
            atLeast(scenario + ": one partition, × several", 1 / several, 0.9);
        } else {
            double direct = results.median(scenario, DIRECT, Measure.RATE);
            atLeast(
                    scenario + ": hand-written, × what its calls under way allow",
                    direct / delay.perSecond(Contestant.DIRECT.inFlight()),
                    0.9);
        }
    }

    private static boolean isCpuBound(Delay delay) {
        return delay.mean().toMillis() < 100;
    }

    private void latency(Delay delay) {
        String scenario = Rounds.steadyScenario(delay);
        double least = delay.most().toMillis();
        double ours = results.median(scenario, OURS, Measure.P99) - least;
        double direct = results.median(scenario, DIRECT, Measure.P99) - least;
        atMost(scenario + ": p99 beyond the delay, × hand-written", ours / direct, 1.2);
    }

    private void rest(Delay delay) {
        rest(Rest.scenario(64, delay), fewerCpus ? 0.85 : 0.97);
        rest(Rest.scenario(256, delay), fewerCpus ? 0.85 : 0.9);
    }

    private void rest(String scenario, double throughput) {
        atLeast(
                scenario + ": × hand-written",
                ratio(scenario, Rest.PROXY, Measure.RATE),
                throughput);
        atMost(scenario + ": CPU, × hand-written", ratio(scenario, Rest.PROXY, Measure.CPU), 2.5);
        atMost(scenario + ": p99, × hand-written", ratio(scenario, Rest.PROXY, Measure.P99), 1.25);
    }

    private void start() {
        double with = results.median(Start.SCENARIO, Starter.cached(), Measure.READY);
        double without = results.median(Start.SCENARIO, OURS, Measure.READY);
        atMost("Start: ready with the class cache, × without", with / without, 0.5);
    }

    private void cold(String scenario) {
        String first = scenario + ": p99 of the first 1,000, × the other release";
        double before = results.median(scenario, Contestant.BEFORE.title(), Measure.P99_FIRST);
        double cached = results.median(scenario, Starter.cached(), Measure.P99_FIRST);
        atMost(first, results.median(scenario, OURS, Measure.P99_FIRST) / before, 0.5);
        atMost(first + ", with the class cache", cached / before, 0.5);
        double open =
                DoubleStream.of(results.values(scenario, OURS, Measure.BREAKER_OPEN))
                        .max()
                        .orElse(Double.NaN);
        atMost(scenario + ": seconds with the breaker open, at most", open, 0);
    }

    /** Ours as a multiple of a peer. */
    private double ratio(String scenario, String peer, Measure measure) {
        return results.median(scenario, OURS, measure) / results.median(scenario, peer, measure);
    }

    private void atLeast(String what, double value, double bound) {
        add(Promise.atLeast(what, value, bound));
    }

    private void atMost(String what, double value, double bound) {
        add(Promise.atMost(what, value, bound));
    }

    private void add(Promise promise) {
        if (!Double.isNaN(promise.measured())) {
            promises.add(promise);
        }
    }
}
