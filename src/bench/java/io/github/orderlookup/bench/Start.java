package io.github.orderlookup.bench;

import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.process.JavaCommand;
import io.github.orderlookup.simulator.cache.ClassCache;
import io.github.orderlookup.simulator.cache.TrainedJvm;
import io.github.orderlookup.system.JarProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The start of each system on each JDK, one after the other in interleaved rounds: until ours says
 * that it is ready, until the outcome of a request that waits for it is seen, and what it then
 * keeps in memory. Ours is started without and with a class cache, which is made before the first
 * round.
 */
final class Start {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** From the first outcome to the measurement of the memory. */
    private static final Duration REST = Duration.ofSeconds(10);

    private record Starter(
            String title, Contestant contestant, Path jdk, int feature, List<String> options) {}

    private final Parameters parameters;
    private final Stage stage;
    private final Results results = new Results();
    private int starts;

    Start(Parameters parameters, Stage stage) {
        this.parameters = parameters;
        this.stage = stage;
    }

    static String scenario(int feature) {
        return "Start, JDK " + feature;
    }

    static String cached() {
        return Contestant.OURS.title() + ", class cache";
    }

    Results run() throws Exception {
        stage.upstream().behave(parameters.delays().get(0), parameters.payload());
        List<Starter> starters = new ArrayList<>();
        for (Path jdk : parameters.jdks()) {
            starters.addAll(starters(jdk));
        }
        for (int round = 1; round <= parameters.rounds(); round++) {
            System.out.println("Round " + round);
            for (Starter starter : starters) {
                results.add(scenario(starter.feature()), starter.title(), measure(starter));
            }
        }
        return results;
    }

    private List<Starter> starters(Path jdk) throws IOException {
        int feature = feature(jdk);
        List<Starter> starters = new ArrayList<>();
        for (Contestant contestant : parameters.systems()) {
            if (contestant == Contestant.ONE_PARTITION) {
                continue;
            }
            starters.add(new Starter(contestant.title(), contestant, jdk, feature, List.of()));
            if (contestant == Contestant.OURS) {
                List<String> options = ClassCache.options(feature, cache(jdk, feature));
                starters.add(new Starter(cached(), contestant, jdk, feature, options));
            }
        }
        return starters;
    }

    private Path cache(Path jdk, int feature) throws IOException {
        Path directory = stage.directory().resolve("cache-" + feature).toAbsolutePath();
        Path cache = directory.resolve("order-lookup.cache");
        System.out.println("Making the class cache of JDK " + feature);
        ClassCache.make(
                TrainedJvm.ofJar(jdk.resolve("bin/java"), feature, JarProcess.JAR, directory),
                cache);
        return cache;
    }

    private Map<Measure, Double> measure(Starter starter) throws Exception {
        Contestant contestant = starter.contestant();
        int number = ++starts;
        TopicSet topics = stage.topics(contestant.id() + "-start-" + number, 8);
        URI ready = URI.create("http://127.0.0.1:" + FreePort.find() + "/observe/health/ready");
        JavaCommand command =
                contestant
                        .command(stage, topics, FreePort.find())
                        .jdk(starter.jdk())
                        .options(starter.options().toArray(String[]::new))
                        .property("camel.management.port", Integer.toString(ready.getPort()));
        Map<Measure, Double> figures = new EnumMap<>(Measure.class);
        Batch batch = new Batch(1);
        try (KafkaLoad load = new KafkaLoad(topics, stage.brokers())) {
            load.watch(batch);
            load.fill(batch);
            long begin = System.nanoTime();
            try (ChildProcess process = command.start()) {
                if (contestant == Contestant.OURS || contestant == Contestant.BEFORE) {
                    process.awaitReady(ready, PATIENCE);
                    figures.put(Measure.READY, secondsSince(begin));
                }
                batch.await(process, PATIENCE);
                figures.put(Measure.FIRST, secondsSince(begin));
                figures.put(Measure.START_CPU, ProcessStats.of(process.pid()).cpuSeconds());
                Thread.sleep(REST.toMillis());
                figures.put(Measure.REST_RSS, ProcessStats.residentMebibytes(process.pid()));
            }
        }
        return figures;
    }

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static int feature(Path jdk) throws IOException {
        Properties release = new Properties();
        try (InputStream in = Files.newInputStream(jdk.resolve("release"))) {
            release.load(in);
        }
        String version = release.getProperty("JAVA_VERSION").replace("\"", "");
        return Runtime.Version.parse(version).feature();
    }
}
