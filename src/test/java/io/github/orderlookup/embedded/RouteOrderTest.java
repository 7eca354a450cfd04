package io.github.orderlookup.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.order.Order;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing depends on the order in which the route files are found. */
class RouteOrderTest {

    @ParameterizedTest
    @MethodSource("orders")
    void startsTheSameWhateverTheOrderOfTheRouteFiles(List<String> files) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (EmbeddedHost host =
                EmbeddedHost.builder()
                        .setting("camel.main.routes-include-pattern", String.join(",", files))
                        .setting("order-lookup.kafka.enabled", "true")
                        .setting("order-lookup.waiting-topic", "waiting")
                        .setting("camel.component.kafka.brokers", "127.0.0.1:9")
                        .bean("meters", registry)
                        .start()) {
            CamelContext context = host.context();

            assertThat(context.getRoutes())
                    .extracting(Route::getId)
                    .containsExactlyInAnyOrder(
                            "order-lookup",
                            "order-lookup-looks",
                            "order-lookup-request",
                            "order-lookup-attempt",
                            "order-lookup-kafka",
                            "order-lookup-record",
                            "order-lookup-record-answer",
                            "order-lookup-waiting",
                            "order-lookup-waiting-record",
                            "order-lookup-publish");
            assertThat(host.outcome("order--1")).isInstanceOf(Order.class);
            assertThat(registry.find("order.lookup.kafka.pending").gauge()).isNotNull();
            assertThat(registry.get("order.lookup.lookups").tag("outcome", "found").counters())
                    .anyMatch(counter -> counter.count() == 1);
        }
    }

    /** Each file first once, and once last. */
    static List<List<String>> orders() throws IOException {
        List<String> files;
        try (Stream<Path> found = Files.list(Path.of("routes"))) {
            files =
                    new ArrayList<>(
                            found.map(file -> "classpath:camel/" + file.getFileName())
                                    .sorted()
                                    .toList());
        }
        List<List<String>> orders = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            Collections.rotate(files, 1);
            orders.add(List.copyOf(files));
        }
        return orders;
    }
}
