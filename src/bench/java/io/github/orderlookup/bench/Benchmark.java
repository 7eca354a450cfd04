package io.github.orderlookup.bench;

import io.github.orderlookup.broker.Broker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the benchmark: every system in a process of its own for the whole time, measured in
 * interleaved rounds, so that what the machine does meanwhile meets all of them alike.
 */
final class Benchmark {

    private static final int FIRST_WARM_UP = 8_000;

    private final Parameters parameters;
    private final Broker broker;
    private final Upstream upstream;
    private final Path directory;
    private final Results results = new Results();

    private Benchmark(Parameters parameters, Broker broker, Upstream upstream, Path directory) {
        this.parameters = parameters;
        this.broker = broker;
        this.upstream = upstream;
        this.directory = directory;
    }

    public static void main(String[] arguments) throws Exception {
        Path parent = Files.createDirectories(Path.of("target", "bench"));
        Path directory = Files.createTempDirectory(parent, "run-");
        try (Broker broker = Broker.start();
                Upstream upstream = Upstream.start(directory)) {
            new Benchmark(Parameters.ofThisJvm(), broker, upstream, directory).run();
        }
    }

    private void run() throws Exception {
        List<RunningSystem> systems = new ArrayList<>();
        try {
            for (Contestant contestant : parameters.systems()) {
                systems.add(start(contestant));
            }
            backlog(systems);
        } finally {
            systems.forEach(RunningSystem::close);
        }
    }

    private RunningSystem start(Contestant contestant) throws Exception {
        upstream.behave(parameters.delays().get(0), parameters.payload());
        RunningSystem system =
                RunningSystem.start(
                        contestant, broker, upstream, parameters.partitions(), directory);
        system.answer(FIRST_WARM_UP * contestant.inFlight() / 512);
        return system;
    }

    private void backlog(List<RunningSystem> systems) throws Exception {
        Backlog backlog = new Backlog(parameters.records());
        for (int round = 1; round <= parameters.rounds(); round++) {
            System.out.println("Round " + round);
            for (Delay delay : parameters.delays()) {
                upstream.behave(delay, parameters.payload());
                for (RunningSystem system : systems) {
                    results.add(
                            "Backlog, " + delay,
                            system.contestant().title(),
                            backlog.measure(system, delay));
                }
            }
        }
    }
}
