package io.github.orderlookup.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.simulator.Answers;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.junit.jupiter.api.Test;

/**
 * A host that has a meter registry gets the meters of order-lookup in it, and no other gets any.
 */
class HostMetricsTest {
    private static final String OURS = "order.lookup.";

    private final MeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void countsLookupsInTheRegistryOfTheHost() {
        try (EmbeddedHost host = EmbeddedHost.builder().bean("meters", registry).start()) {
            host.outcome("order--1");
            host.outcome("http-404--1");

            assertThat(lookups("found")).isOne();
            assertThat(lookups("order-not-found")).isOne();
            assertThat(registry.get("order.lookup.upstream.duration").tag("status_class", "2xx"))
                    .extracting(search -> search.timer().count())
                    .isEqualTo(1L);
            assertThat(registry.getMeters())
                    .extracting(meter -> meter.getId().getName())
                    .allMatch(name -> name.startsWith(OURS))
                    .noneMatch(name -> name.contains("kafka"));
        }
    }

    /** As Camel's own metrics service does, depending on the order of the route files. */
    @Test
    void countsInARegistryThatIsBoundAfterOurBeansAreMade() {
        LifecycleStrategySupport later =
                new LifecycleStrategySupport() {
                    @Override
                    public void onContextInitialized(CamelContext context) {
                        context.getRegistry().bind("meters", registry);
                    }
                };
        try (EmbeddedHost host = EmbeddedHost.builder().bean("later", later).start()) {
            host.outcome("order--1");

            assertThat(lookups("found")).isOne();
            assertThat(breaker("closed")).isOne();
        }
    }

    @Test
    void tellsOfAnOutage() {
        try (EmbeddedHost host = EmbeddedHost.builder().bean("meters", registry).start()) {
            assertThat(breaker("closed")).isOne();

            host.simulator().alwaysAnswerAll(Answers.secondGenerationFault(503, 800003, false));
            IntStream.range(0, 25).forEach(n -> host.problem("order--" + n));

            assertThat(breaker("open")).isOne();
            assertThat(breaker("closed")).isZero();
            assertThat(breaker("half_open")).isZero();
        }
    }

    @Test
    void takesItsMetersAwayWhenTheHostStops() {
        EmbeddedHost.builder().bean("meters", registry).start().close();

        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void usesTheRegistryThatJoinsTheOthers() {
        CompositeMeterRegistry all = new CompositeMeterRegistry();
        all.add(registry);
        try (EmbeddedHost host =
                EmbeddedHost.builder()
                        .bean("meters", registry)
                        .bean("more-meters", new SimpleMeterRegistry())
                        .bean("all-meters", all)
                        .start()) {
            host.outcome("order--1");

            assertThat(lookups("found")).isOne();
        }
    }

    @Test
    void bindsNothingWithoutARegistry() {
        try (EmbeddedHost host = EmbeddedHost.start()) {
            assertThat(host.context().getRegistry().findByType(MeterRegistry.class)).isEmpty();
        }
    }

    @Test
    void choosesNoneOfSeveral() {
        try (EmbeddedHost host =
                EmbeddedHost.builder()
                        .bean("meters", registry)
                        .bean("more-meters", new SimpleMeterRegistry())
                        .start()) {
            host.outcome("order--1");

            List<Meter> meters = registry.getMeters();
            assertThat(meters).isEmpty();
        }
    }

    private double breaker(String state) {
        return registry.get("order.lookup.breaker.state").tag("state", state).gauge().value();
    }

    private double lookups(String outcome) {
        return registry.get("order.lookup.lookups")
                .tag("source", "camel")
                .tag("outcome", outcome)
                .counter()
                .count();
    }
}
