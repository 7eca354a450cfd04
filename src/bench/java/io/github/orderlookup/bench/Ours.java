package io.github.orderlookup.bench;

import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.process.JarProcess;
import io.github.orderlookup.process.JavaCommand;
import java.net.URI;
import java.nio.file.Path;

/** This module as shipped: the packaged jar, with the settings of the benchmark. */
final class Ours {

    private static final String TENANT = "7d0c2a41-9f3e-4b58-8a66-1c5e90b7d2f3";
    private static final String CLIENT = "3e9b6a52-0d47-4c1f-b8a5-72f60c9d1e84";

    private Ours() {}

    /** Without a request budget; everything else that is not named has its default. */
    static JavaCommand command(
            Lane lane, String brokers, URI upstream, int restPort, int inFlight, Path directory) {
        return JarProcess.in(directory)
                .property("partner-center.api-url", upstream.toString())
                .property("partner-center.login-url", upstream.toString())
                .property("partner-center.tenant-id", TENANT)
                .property("partner-center.client-id", CLIENT)
                .property("partner-center.client-secret", "bench-secret")
                .property("partner-center.requests-per-minute", "0")
                .property("order-lookup.request-topic", lane.requests())
                .property("order-lookup.results-topic", lane.results())
                .property("order-lookup.errors-topic", lane.errors())
                .property("order-lookup.group-id", lane.name())
                .property("order-lookup.max-in-flight", Integer.toString(inFlight))
                .property("order-lookup.max-pending", "8192")
                .property("order-lookup.rest.port", Integer.toString(restPort))
                .property("camel.component.kafka.brokers", brokers)
                .property("camel.management.port", Integer.toString(FreePort.find()));
    }
}
