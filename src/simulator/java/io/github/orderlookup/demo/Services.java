package io.github.orderlookup.demo;

import io.github.orderlookup.broker.Broker;
import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.process.JavaCommand;
import io.github.orderlookup.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the demo needs: a broker, a simulated Partner Center and order-lookup itself, each of them
 * on loopback ports. For one thread, apart from {@link #close()}.
 */
final class Services implements AutoCloseable {
    private static final Path DIRECTORY = Path.of("target", "demo");
    private static final Path LOG = DIRECTORY.resolve("order-lookup.log");
    private static final String HOST = "127.0.0.1";
    private static final String READABLE = "order-lookup/log4j2-readable.properties";
    private static final String MAIN = "io.github.orderlookup.main.OrderLookupMain";

    private final int restPort = FreePort.preferably(8080);
    private final int managementPort = FreePort.preferably(9876);
    private volatile @Nullable Broker broker;

    /** Starts the simulator, in plain HTTP: applications of the reader can use it as it is. */
    Simulator startPartnerCenter() {
        return Simulator.builder()
                .http()
                .apiPort(FreePort.preferably(8090))
                .loginPort(FreePort.preferably(8091))
                .start();
    }

    /** Starts a broker that has the topics; returns its address. */
    String startBroker() {
        Broker started = Broker.start(FreePort.preferably(9092));
        broker = started;
        Topics.all().forEach(topic -> started.createTopic(topic, 2));
        started.createTopic(Topics.WAITING, Topics.WAITING_PARTITIONS);
        return started.bootstrapServers();
    }

    /**
     * Starts order-lookup as a user would: its own classes and run-time dependencies, the routes
     * and {@code application.properties} as they are shipped. Returns once it is ready.
     */
    ChildProcess startOrderLookup(Simulator simulator, String brokers) throws IOException {
        Files.createDirectories(DIRECTORY);
        JavaCommand command =
                JavaCommand.ofMain("order-lookup", MAIN)
                        .environment("CLASSPATH", classPath())
                        .log(LOG)
                        .options("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData")
                        .property("log4j2.configurationFile", READABLE);
        overrides(simulator, brokers).forEach(command::environment);
        ChildProcess child = command.start();
        new LogFollower(LOG, System.out::println).start();
        return child.awaitReady(URI.create(managementOrigin() + "/observe/health/ready"));
    }

    String restOrigin() {
        return "http://" + HOST + ":" + restPort;
    }

    String managementOrigin() {
        return "http://" + HOST + ":" + managementPort;
    }

    Path log() {
        return LOG;
    }

    private Map<String, String> overrides(Simulator simulator, String brokers) {
        return Map.ofEntries(
                Map.entry("PARTNER_CENTER_API_URL", simulator.apiUrl().toString()),
                Map.entry("PARTNER_CENTER_LOGIN_URL", simulator.loginUrl().toString()),
                Map.entry("PARTNER_CENTER_TENANT_ID", Simulator.TENANT_ID),
                Map.entry("PARTNER_CENTER_CLIENT_ID", Simulator.CLIENT_ID),
                Map.entry("PARTNER_CENTER_CLIENT_SECRET", Simulator.CLIENT_SECRET),
                Map.entry("CAMEL_COMPONENT_KAFKA_BROKERS", brokers),
                Map.entry("ORDER_LOOKUP_REPLY_TOPICS", Topics.REPLIES.replace(".", "[.]")),
                Map.entry("ORDER_LOOKUP_WAITING_TOPIC", Topics.WAITING),
                Map.entry("ORDER_LOOKUP_REST_CONSOLE", "true"),
                Map.entry("ORDER_LOOKUP_REST_HOST", HOST),
                Map.entry("ORDER_LOOKUP_REST_PORT", Integer.toString(restPort)),
                Map.entry("CAMEL_MANAGEMENT_HOST", HOST),
                Map.entry("CAMEL_MANAGEMENT_PORT", Integer.toString(managementPort)));
    }

    /** What the build has written down: run-time dependencies alone, none of the tests. */
    private static String classPath() throws IOException {
        String dependencies = Files.readString(DIRECTORY.resolve("runtime.classpath")).strip();
        return Path.of("target", "classes") + System.getProperty("path.separator") + dependencies;
    }

    /** Ends the broker and removes its data; order-lookup ends with this JVM. */
    @Override
    public void close() {
        Broker started = broker;
        if (started != null) {
            started.close();
        }
    }
}
