package io.github.orderlookup.bench.system;

import io.github.orderlookup.bench.load.TopicSet;
import io.github.orderlookup.bench.peer.DirectPeer;
import io.github.orderlookup.bench.peer.ParallelPeer;
import io.github.orderlookup.bench.peer.SpringPeer;
import io.github.orderlookup.bench.peer.StockPeer;
import io.github.orderlookup.process.JavaCommand;
import io.github.orderlookup.system.JarProcess;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A system that looks orders up over Kafka: ours, or a peer. */
public enum Contestant {
    /** This module, as packaged, with the collector that the unit and the image start it with. */
    OURS("order-lookup", 512, null),

    /** The same with the collector that the JVM takes by itself. */
    JVM_COLLECTOR("order-lookup, collector of the JVM's choice", 512, null),

    /**
     * Another release of it: the jar that {@code bench.before} names, with its lib beside it, and
     * the collector that the JVM takes by itself.
     */
    BEFORE("order-lookup, another release", 512, null),

    /** Ours, reading a topic of one partition. */
    ONE_PARTITION("order-lookup, one partition", 512, null),

    /** What everything is compared with. */
    DIRECT("hand-written: Kafka clients, JDK HttpClient", 512, DirectPeer.class),

    /** The same with the {@code linger.ms} of the route by which ours publishes. */
    LINGERING("hand-written, lingering", 512, DirectPeer.class),

    /** The same with the collector of ours. */
    DIRECT_COLLECTOR("hand-written, parallel collector", 512, DirectPeer.class),

    /** {@link #DIRECT}, reading each Order and checking its id, as ours does. */
    VERIFYING("hand-written, reading the Order", 512, DirectPeer.class),

    SPRING("Spring Kafka with asyncAcks, JDK HttpClient", 512, SpringPeer.class),

    PARALLEL("Confluent Parallel Consumer, JDK HttpClient", 512, ParallelPeer.class),

    STOCK("camel-kafka, camel-http, consumersCount=8", 8, StockPeer.class);

    private final String title;
    private final int inFlight;
    private final @Nullable Class<?> peer;

    Contestant(String title, int inFlight, @Nullable Class<?> peer) {
        this.title = title;
        this.inFlight = inFlight;
        this.peer = peer;
    }

    /** By the name in {@code bench.systems}: {@code one-partition}. */
    public static Contestant named(String name) {
        return Stream.of(values())
                .filter(system -> system.id().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No system is called " + name));
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** Calls that it has under way at once, at most. */
    public int inFlight() {
        return inFlight;
    }

    int partitions(int usual) {
        return this == ONE_PARTITION ? 1 : usual;
    }

    /** Whether it is this module, or another release of it. */
    public boolean isOurs() {
        return peer == null;
    }

    /** How it is started. */
    public JavaCommand command(Stage stage, TopicSet topics, int restPort) {
        return switch (this) {
            case OURS, ONE_PARTITION -> Ours.command(stage, topics, restPort, inFlight);
            case JVM_COLLECTOR -> Ours.command(JarProcess.JAR, stage, topics, restPort, inFlight);
            case BEFORE -> Ours.command(before(), stage, topics, restPort, inFlight);
            case DIRECT_COLLECTOR -> peer(stage, topics).options(Ours.COLLECTOR);
            case DIRECT, LINGERING, VERIFYING, SPRING, PARALLEL, STOCK -> peer(stage, topics);
        };
    }

    private static Path before() {
        return Path.of(System.getProperty("bench.before", ""));
    }

    private JavaCommand peer(Stage stage, TopicSet topics) {
        return stage.jvm()
                .applyTo(JavaCommand.ofMain(id(), Objects.requireNonNull(peer)))
                .directory(stage.directory())
                .property("log4j2.configurationFile", "log4j2-test.properties")
                .property("peer.brokers", stage.brokers())
                .property("peer.requests", topics.requests())
                .property("peer.results", topics.results())
                .property("peer.group", topics.name())
                .property("peer.upstream", stage.upstream().origin().toString())
                .property("peer.in-flight", Integer.toString(inFlight))
                .property("peer.linger", this == LINGERING ? "2" : "0")
                .property("peer.verifies", Boolean.toString(this == VERIFYING));
    }
}
