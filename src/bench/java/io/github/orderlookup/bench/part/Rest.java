package io.github.orderlookup.bench.part;

import io.github.orderlookup.bench.load.HttpLoad;
import io.github.orderlookup.bench.load.Measure;
import io.github.orderlookup.bench.peer.VertxProxy;
import io.github.orderlookup.bench.system.Contestant;
import io.github.orderlookup.bench.system.RunningSystem;
import io.github.orderlookup.bench.system.Stage;
import io.github.orderlookup.bench.upstream.Delay;
import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.process.JavaCommand;
import io.github.orderlookup.process.ProcessStats;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The REST endpoint beside a hand-written proxy, under closed loops of 64 and 256 connections. */
public final class Rest implements AutoCloseable {

    public static final String PROXY = "hand-written: Vert.x proxy";

    private static final double WARM_UP_SECONDS = 5;
    private static final List<Integer> CONNECTIONS = List.of(64, 256);

    private final List<RunningSystem> systems;
    private final int seconds;
    private final int proxyPort = FreePort.find();
    private final ChildProcess proxy;
    private final HttpLoad load;

    private Rest(Stage stage, List<RunningSystem> systems, int seconds) {
        this.seconds = seconds;
        this.systems = systems;
        proxy =
                stage.jvm()
                        .applyTo(JavaCommand.ofMain("proxy", VertxProxy.class))
                        .directory(stage.directory())
                        .property("log4j2.configurationFile", "log4j2-test.properties")
                        .arguments(
                                Integer.toString(proxyPort),
                                stage.upstream().origin().toString(),
                                Integer.toString(systems.get(0).inFlight()))
                        .start()
                        .awaitStdout(VertxProxy.READY);
        load = HttpLoad.start(stage.directory());
    }

    /**
     * Starts processes that are asked over REST alone: an eighth of the calls under way is kept for
     * callers who have asked within the last minute, and would be missing in a comparison over
     * Kafka.
     */
    static Rest start(Parameters parameters, Stage stage) throws Exception {
        List<RunningSystem> systems = new ArrayList<>();
        for (Contestant contestant : List.of(Contestant.OURS, Contestant.BEFORE)) {
            if (parameters.systems().contains(contestant)) {
                systems.add(stage.start(contestant, parameters.partitions()));
            }
        }
        if (systems.isEmpty()) {
            throw new IllegalArgumentException("REST needs ours");
        }
        Rest rest = new Rest(stage, systems, parameters.window());
        for (RunningSystem system : systems) {
            rest.warmUp(system.process(), system.restPort());
        }
        rest.warmUp(rest.proxy, rest.proxyPort);
        return rest;
    }

    private void warmUp(ChildProcess process, int port) throws Exception {
        WarmUp.of(process, () -> load.on(port, 256, WARM_UP_SECONDS));
    }

    public static String scenario(int connections, Delay delay) {
        return "REST, %s, %d connections".formatted(delay, connections);
    }

    void round(Results results, Delay delay) throws Exception {
        for (int connections : CONNECTIONS) {
            String scenario = scenario(connections, delay);
            for (RunningSystem system : systems) {
                results.add(
                        scenario,
                        system.title(),
                        measure(system.restPort(), system.process(), connections));
            }
            results.add(scenario, PROXY, measure(proxyPort, proxy, connections));
        }
    }

    private Map<Measure, Double> measure(int port, ChildProcess process, int connections)
            throws Exception {
        ProcessStats before = ProcessStats.of(process.pid());
        Map<Measure, Double> figures = new EnumMap<>(load.on(port, connections, seconds));
        double cpuSeconds = ProcessStats.of(process.pid()).cpuSeconds() - before.cpuSeconds();
        double lookups = figures.get(Measure.RATE) * seconds;
        figures.put(Measure.CPU, cpuSeconds * 1000 / lookups);
        return figures;
    }

    @Override
    public void close() {
        load.close();
        proxy.close();
        systems.forEach(RunningSystem::close);
    }
}
