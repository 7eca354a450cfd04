package io.github.orderlookup.bench.system;

import io.github.orderlookup.bench.load.KafkaLoad;
import io.github.orderlookup.bench.load.TopicSet;
import io.github.orderlookup.bench.upstream.Upstream;
import io.github.orderlookup.broker.Broker;
import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.process.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What all systems share, each in a process of its own: the broker and the upstream; and the JVM
 * that systems run on.
 */
public final class Stage implements AutoCloseable {

    private static final AtomicInteger TOPICS = new AtomicInteger();

    private final SystemJvm jvm;
    private final Path directory;
    private final Broker broker;
    private final Upstream upstream;

    private Stage(SystemJvm jvm, Path directory, Broker broker, Upstream upstream) {
        this.jvm = jvm;
        this.directory = directory;
        this.broker = broker;
        this.upstream = upstream;
    }

    public static Stage set(SystemJvm jvm) throws IOException {
        Path parent = Files.createDirectories(Path.of("target", "bench"));
        Path directory = Files.createTempDirectory(parent, "run-");
        Broker broker = Broker.startForLoad();
        try {
            return new Stage(jvm, directory, broker, Upstream.start(directory));
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    /** The same broker and upstream for systems on another JVM. */
    public Stage on(SystemJvm other) {
        return new Stage(other, directory, broker, upstream);
    }

    public SystemJvm jvm() {
        return jvm;
    }

    /** Where processes write what they print. */
    public Path directory() {
        return directory;
    }

    public String brokers() {
        return broker.bootstrapServers();
    }

    public Upstream upstream() {
        return upstream;
    }

    /** New topics for a system; a number makes the name unique. */
    public TopicSet topics(String name, int partitions) {
        TopicSet topics = new TopicSet(name + "-" + TOPICS.incrementAndGet(), partitions);
        topics.create(broker);
        return topics;
    }

    /** Starts a contestant on topics of its own. */
    public RunningSystem start(Contestant contestant, int partitions) throws InterruptedException {
        return start(contestant, partitions, List.of());
    }

    /**
     * As above.
     *
     * @param options of its JVM, beside those that all systems have
     */
    public RunningSystem start(Contestant contestant, int partitions, List<String> options)
            throws InterruptedException {
        TopicSet topics = topics(contestant.id(), contestant.partitions(partitions));
        int restPort = FreePort.find();
        JavaCommand command =
                contestant.command(this, topics, restPort).options(options.toArray(String[]::new));
        RunningSystem system =
                new RunningSystem(
                        contestant.title(),
                        contestant.inFlight(),
                        restPort,
                        command.start(),
                        new KafkaLoad(topics, brokers()));
        system.answer(1);
        return system;
    }

    @Override
    public void close() {
        upstream.close();
        broker.close();
    }
}
