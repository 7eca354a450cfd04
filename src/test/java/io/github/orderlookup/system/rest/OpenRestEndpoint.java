package io.github.orderlookup.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.simulator.Received;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.RunningService;
import java.util.List;
import java.util.Locale;

/**
 * The service that several test classes share: no API keys, no Kafka, two attempts, prices
 * included, and any order id answered. It ends with this JVM.
 */
public final class OpenRestEndpoint {

    public static final String GUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private static final RunningService SERVICE =
            RunningService.builder()
                    .withoutKafka()
                    .simulator(Simulator.builder().anyOrder())
                    .without("order-lookup.rest.api-keys")
                    .setting("order-lookup.max-attempts", "2")
                    .setting("order-lookup.deadline", "20s")
                    .setting("partner-center.include-price", "true")
                    .start();

    private OpenRestEndpoint() {}

    public static RawHttp http() {
        return new RawHttp(SERVICE.rest());
    }

    public static Simulator simulator() {
        return SERVICE.simulator();
    }

    /** The one call that there was for this order. */
    public static Received onlyCall(String orderId) {
        List<Received> calls = simulator().apiLog().forOrder(orderId);
        assertThat(calls).hasSize(1);
        return calls.get(0);
    }

    public static List<String> headerNames(Received call) {
        return call.headers().stream()
                .map(header -> header.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
