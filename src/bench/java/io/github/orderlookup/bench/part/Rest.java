package io.github.orderlookup.bench.part;

import io.github.orderlookup.bench.load.HttpLoad;
import io.github.orderlookup.bench.load.Measure;
import io.github.orderlookup.bench.peer.CamelProxy;
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

/**
 * The REST endpoint beside a hand-written proxy, under closed loops of 64 and 256 connections; with
 * the stock system, beside Camel alone too.
 */
public final class Rest implements AutoCloseable {

    public static final String PROXY = "hand-written: Vert.x proxy";

    private static final String CAMEL = "Camel alone: platform-http, camel-http";

    private static final double WARM_UP_SECONDS = 5;
    private static final List<Integer> CONNECTIONS = List.of(64, 256);

    private final Stage stage;
    private final int seconds;
    private final HttpLoad load;
    private final List<Endpoint> endpoints = new ArrayList<>();

    /**
     * What is asked.
     *
     * @param system its process, and what else ends with it
     */
    private record Endpoint(String title, int port, ChildProcess process, AutoCloseable system) {}

    private Rest(Stage stage, int seconds) {
        this.stage = stage;
        this.seconds = seconds;
        this.load = HttpLoad.start(stage.directory());
    }

    /**
     * Starts processes that are asked over REST alone: an eighth of the calls under way is kept for
     * callers who have asked within the last minute, and would be missing in a comparison over
     * Kafka.
     */
    static Rest start(Parameters parameters, Stage stage) throws Exception {
        Rest rest = new Rest(stage, parameters.window());
        for (Contestant contestant : List.of(Contestant.OURS, Contestant.BEFORE)) {
            if (parameters.systems().contains(contestant)) {
                RunningSystem system = stage.start(contestant, parameters.partitions());
                rest.add(new Endpoint(system.title(), system.restPort(), system.process(), system));
            }
        }
        if (rest.endpoints.isEmpty()) {
            throw new IllegalArgumentException("REST needs ours");
        }
        if (parameters.systems().contains(Contestant.STOCK)) {
            rest.add(rest.proxy(CAMEL, CamelProxy.class));
        }
        rest.add(rest.proxy(PROXY, VertxProxy.class));
        return rest;
    }

    private Endpoint proxy(String title, Class<?> main) {
        int port = FreePort.find();
        ChildProcess process =
                stage.jvm()
                        .applyTo(JavaCommand.ofMain("proxy", main))
                        .directory(stage.directory())
                        .property("log4j2.configurationFile", "log4j2-test.properties")
                        .arguments(
                                Integer.toString(port),
                                stage.upstream().origin().toString(),
                                Integer.toString(Contestant.OURS.inFlight()))
                        .start()
                        .awaitStdout(VertxProxy.READY);
        return new Endpoint(title, port, process, process);
    }

    private void add(Endpoint endpoint) throws Exception {
        endpoints.add(endpoint);
        WarmUp.of(endpoint.process(), () -> load.on(endpoint.port(), 256, WARM_UP_SECONDS));
    }

    public static String scenario(int connections, Delay delay) {
        return "REST, %s, %d connections".formatted(delay, connections);
    }

    void round(Results results, Delay delay) throws Exception {
        for (int connections : CONNECTIONS) {
            for (Endpoint endpoint : endpoints) {
                results.add(
                        scenario(connections, delay),
                        endpoint.title(),
                        measure(endpoint, connections));
            }
        }
    }

    private Map<Measure, Double> measure(Endpoint endpoint, int connections) throws Exception {
        long pid = endpoint.process().pid();
        ProcessStats before = ProcessStats.of(pid);
        Map<Measure, Double> figures =
                new EnumMap<>(load.on(endpoint.port(), connections, seconds));
        double cpuSeconds = ProcessStats.of(pid).cpuSeconds() - before.cpuSeconds();
        double lookups = figures.get(Measure.RATE) * seconds;
        figures.put(Measure.CPU, cpuSeconds * 1000 / lookups);
        return figures;
    }

    @Override
    public void close() throws Exception {
        load.close();
        for (Endpoint endpoint : endpoints) {
            endpoint.system().close();
        }
    }
}
