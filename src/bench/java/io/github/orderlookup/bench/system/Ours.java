package io.github.orderlookup.bench.system;

import io.github.orderlookup.bench.load.TopicSet;
import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.process.JavaCommand;
import io.github.orderlookup.system.JarProcess;
import java.nio.file.Path;

/** This module as shipped: the packaged jar, with the settings of the benchmark. */
public final class Ours {

    /** As the systemd unit and the image have it. */
    public static final String COLLECTOR = "-XX:+UseParallelGC";

    private static final String TENANT = "7d0c2a41-9f3e-4b58-8a66-1c5e90b7d2f3";
    private static final String CLIENT = "3e9b6a52-0d47-4c1f-b8a5-72f60c9d1e84";

    private Ours() {}

    /**
     * At the upstream, without a request budget, with the collector; everything that is not named
     * has its default. Of a setting that is given once more, the last one counts.
     */
    public static JavaCommand command(Stage stage, TopicSet topics, int restPort, int inFlight) {
        return command(JarProcess.JAR, stage, topics, restPort, inFlight).options(COLLECTOR);
    }

    /** The same of any jar, with the collector that the JVM takes by itself. */
    static JavaCommand command(Path jar, Stage stage, TopicSet topics, int restPort, int inFlight) {
        String upstream = stage.upstream().origin().toString();
        return stage.jvm()
                .applyTo(JarProcess.of(jar, stage.directory()))
                .property("partner-center.api-url", upstream)
                .property("partner-center.login-url", upstream)
                .property("partner-center.tenant-id", TENANT)
                .property("partner-center.client-id", CLIENT)
                .property("partner-center.client-secret", "bench-secret")
                .property("partner-center.requests-per-minute", "0")
                .property("order-lookup.request-topic", topics.requests())
                .property("order-lookup.results-topic", topics.results())
                .property("order-lookup.errors-topic", topics.errors())
                .property("order-lookup.group-id", topics.name())
                .property("order-lookup.max-in-flight", Integer.toString(inFlight))
                .property("order-lookup.rest.port", Integer.toString(restPort))
                .property("camel.component.kafka.brokers", stage.brokers())
                .property("camel.management.port", Integer.toString(FreePort.find()));
    }
}
