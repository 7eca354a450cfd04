package io.github.orderlookup.bench;

import java.util.ArrayList;
import java.util.List;

/** What the benchmark is to show, each as a ratio within one run. What was not run is left out. */
final class Promises {

    private static final String OURS = Contestant.OURS.title();
    private static final String DIRECT = Contestant.DIRECT.title();

    private final Results results;
    private final List<String> lines = new ArrayList<>();

    private Promises(Results results) {
        this.results = results;
    }

    /** Rows of a table: what, measured, wanted, whether it is met. */
    static List<String> of(Results results, Parameters parameters) {
        Promises promises = new Promises(results);
        parameters.delays().forEach(promises::backlog);
        Delay usual = parameters.delays().get(0);
        promises.latency(usual);
        promises.rest(usual);
        results.scenarios().forEach(promises::start);
        return promises.lines;
    }

    private void backlog(Delay delay) {
        String scenario = Backlog.scenario(delay);
        boolean cpuIsTheLimit = delay.mean().toMillis() < 100;
        double ours = rate(scenario, OURS);
        double direct = rate(scenario, DIRECT);
        atLeast(scenario + ": × hand-written", ours / direct, cpuIsTheLimit ? 0.9 : 0.97);
        if (cpuIsTheLimit) {
            atMost(scenario + ": CPU, × hand-written", ratio(scenario, DIRECT, Measure.CPU), 1.3);
            double stock = rate(scenario, Contestant.STOCK.title());
            atLeast(scenario + ": × camel-kafka as it comes", ours / stock, 25);
            double onePartition = rate(scenario, Contestant.ONE_PARTITION.title());
            atLeast(scenario + ": one partition, × several", onePartition / ours, 0.9);
        } else {
            atLeast(
                    scenario + ": hand-written, × what its calls under way allow",
                    direct / delay.perSecond(Contestant.DIRECT.inFlight()),
                    0.9);
        }
    }

    private void latency(Delay delay) {
        String scenario = Rounds.steadyScenario(delay);
        double least = delay.most().toMillis();
        double ours = results.median(scenario, OURS, Measure.P99) - least;
        double direct = results.median(scenario, DIRECT, Measure.P99) - least;
        atMost(scenario + ": p99 beyond the delay, × hand-written", ours / direct, 1.3);
    }

    private void rest(Delay delay) {
        String few = Rest.scenario(64, delay);
        String many = Rest.scenario(256, delay);
        atLeast(few + ": × hand-written", ratio(few, Rest.PROXY, Measure.RATE), 0.95);
        atMost(few + ": p99, × hand-written", ratio(few, Rest.PROXY, Measure.P99), 1.5);
        atLeast(many + ": × hand-written", ratio(many, Rest.PROXY, Measure.RATE), 0.85);
        atMost(many + ": p99, × hand-written", ratio(many, Rest.PROXY, Measure.P99), 1.5);
    }

    private void start(String scenario) {
        double with = results.median(scenario, Start.cached(), Measure.READY);
        double without = results.median(scenario, OURS, Measure.READY);
        atMost(scenario + ": ready with the class cache, × without", with / without, 0.5);
    }

    private double rate(String scenario, String system) {
        return results.median(scenario, system, Measure.RATE);
    }

    private double ratio(String scenario, String peer, Measure measure) {
        return results.median(scenario, OURS, measure) / results.median(scenario, peer, measure);
    }

    private void atLeast(String what, double value, double bound) {
        add(what, value, "≥ " + bound, value >= bound);
    }

    private void atMost(String what, double value, double bound) {
        add(what, value, "≤ " + bound, value <= bound);
    }

    private void add(String what, double value, String wanted, boolean met) {
        if (!Double.isNaN(value)) {
            lines.add(
                    "| %s | %.2f | %s | %s |"
                            .formatted(what, value, wanted, met ? "met" : "**missed**"));
        }
    }
}
