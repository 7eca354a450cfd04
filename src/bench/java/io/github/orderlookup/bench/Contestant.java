package io.github.orderlookup.bench;

import io.github.orderlookup.bench.peer.DirectPeer;
import io.github.orderlookup.process.JarProcess;
import io.github.orderlookup.process.JavaCommand;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** A system that looks orders up over Kafka. */
enum Contestant {
    /** This module, as packaged. */
    OURS("order-lookup", 512),

    /** The same, reading a topic of one partition. */
    ONE_PARTITION("order-lookup, one partition", 512),

    /** What everything is compared with. */
    DIRECT("hand-written: KafkaConsumer + JDK HttpClient", 512);

    private final String title;
    private final int inFlight;

    Contestant(String title, int inFlight) {
        this.title = title;
        this.inFlight = inFlight;
    }

    /** By the name in {@code bench.systems}: {@code one-partition}. */
    static Contestant named(String name) {
        return Stream.of(values())
                .filter(system -> system.id().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No system is called " + name));
    }

    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** For people. */
    String title() {
        return title;
    }

    /** Calls that it has under way at once, at most. */
    int inFlight() {
        return inFlight;
    }

    boolean isOurs() {
        return this == OURS || this == ONE_PARTITION;
    }

    int partitions(int usual) {
        return this == ONE_PARTITION ? 1 : usual;
    }

    /** How it is started. */
    JavaCommand command(Lane lane, String brokers, URI upstream, int restPort, Path directory) {
        JavaCommand command =
                isOurs()
                        ? Ours.command(lane, brokers, upstream, restPort, inFlight, directory)
                        : peer(lane, brokers, upstream, directory);
        return command.options("-Xmx1g");
    }

    private JavaCommand peer(Lane lane, String brokers, URI upstream, Path directory) {
        return JavaCommand.ofMain(id(), main())
                .directory(directory)
                .property("log4j2.configurationFile", "log4j2-test.properties")
                .property("peer.brokers", brokers)
                .property("peer.requests", lane.requests())
                .property("peer.results", lane.results())
                .property("peer.group", lane.name())
                .property("peer.upstream", upstream.toString())
                .property("peer.in-flight", Integer.toString(inFlight));
    }

    private Class<?> main() {
        return switch (this) {
            case DIRECT -> DirectPeer.class;
            case OURS, ONE_PARTITION -> JarProcess.class;
        };
    }
}
