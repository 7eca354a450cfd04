package io.github.orderlookup.bench.part;

import io.github.orderlookup.bench.load.Measure;
import io.github.orderlookup.bench.system.Contestant;
import io.github.orderlookup.bench.system.RunningSystem;
import io.github.orderlookup.bench.system.Stage;
import io.github.orderlookup.bench.upstream.Delay;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every system in a process of its own for the whole time, measured in interleaved rounds, so that
 * what the machine does meanwhile meets all of them alike.
 */
public final class Rounds {

    private static final double STEADY = 500;
    private static final double SHARE = 0.8;

    private final Parameters parameters;
    private final Stage stage;
    private final Results results;

    public Rounds(Parameters parameters, Stage stage, Results results) {
        this.parameters = parameters;
        this.stage = stage;
        this.results = results;
    }

    public static String steadyScenario(Delay delay) {
        return Steady.scenario("%.0f/s".formatted(STEADY), delay);
    }

    public void run() throws Exception {
        List<RunningSystem> systems = new ArrayList<>();
        try {
            for (Contestant contestant : parameters.systems()) {
                systems.add(start(contestant));
            }
            if (parameters.parts().contains("rest")) {
                withRest(systems);
            } else {
                withoutRest(systems);
            }
        } finally {
            systems.forEach(RunningSystem::close);
        }
    }

    private RunningSystem start(Contestant contestant) throws Exception {
        stage.upstream().behave(parameters.usualDelay(), parameters.payload());
        RunningSystem system = stage.start(contestant, parameters.partitions());
        WarmUp.overKafka(system);
        return system;
    }

    private void withoutRest(List<RunningSystem> systems) throws Exception {
        for (int round = 1; round <= parameters.rounds(); round++) {
            kafka(round, systems);
        }
    }

    private void withRest(List<RunningSystem> systems) throws Exception {
        try (Rest rest = Rest.start(parameters, stage)) {
            for (int round = 1; round <= parameters.rounds(); round++) {
                kafka(round, systems);
                stage.upstream().behave(parameters.usualDelay(), parameters.payload());
                rest.round(results, parameters.usualDelay());
            }
        }
    }

    private void kafka(int round, List<RunningSystem> systems) throws Exception {
        System.out.println("Round " + round);
        if (parameters.parts().contains("backlog")) {
            for (Delay delay : parameters.delays()) {
                backlog(systems, delay);
            }
        }
        if (parameters.parts().contains("steady")) {
            steady(systems);
        }
    }

    private void backlog(List<RunningSystem> systems, Delay delay) throws Exception {
        Backlog backlog = new Backlog(parameters.records());
        stage.upstream().behave(delay, parameters.payload());
        for (RunningSystem system : systems) {
            if (delay.equals(parameters.usualDelay()) || isCompared(system)) {
                results.add(
                        Backlog.scenario(delay), system.title(), backlog.measure(system, delay));
            }
        }
    }

    private void steady(List<RunningSystem> systems) throws Exception {
        Delay delay = parameters.usualDelay();
        stage.upstream().behave(delay, parameters.payload());
        for (RunningSystem system : systems) {
            if (isCompared(system)) {
                results.add(
                        steadyScenario(delay),
                        system.title(),
                        Steady.measure(system, STEADY, parameters.window()));
            }
        }
        for (RunningSystem system : systems) {
            double most = results.median(Backlog.scenario(delay), system.title(), Measure.RATE);
            if (isCompared(system) && !Double.isNaN(most)) {
                results.add(
                        Steady.scenario("80 % of its throughput", delay),
                        system.title(),
                        Steady.measure(system, SHARE * most, parameters.window()));
            }
        }
    }

    /** The others show nothing new beyond the first comparison, and take long for it. */
    private static boolean isCompared(RunningSystem system) {
        return Stream.of(Contestant.OURS, Contestant.BEFORE, Contestant.DIRECT)
                .anyMatch(contestant -> contestant.title().equals(system.title()));
    }
}
