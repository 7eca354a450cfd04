package io.github.orderlookup.embedded;

import io.github.orderlookup.description.Schemas;
import io.github.orderlookup.lookup.OrderLookupException;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.order.Order;
import io.github.orderlookup.order.OrderJson;
import io.github.orderlookup.simulator.Simulator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.main.Main;

/**
 * A host application: a Camel Main in this JVM that finds the routes on its class path, with a
 * simulator of its own. It sets nothing but {@code partner-center.*}, unless a test does.
 */
final class EmbeddedHost implements AutoCloseable {

    static final String DIRECT = "direct:order-lookup";

    private final Simulator simulator;
    private final Main main;
    private final ProducerTemplate template;

    private EmbeddedHost(Builder options) {
        simulator = options.simulator.start();
        main = new Main();
        main.setPropertyPlaceholderLocations("classpath:no-such-file.properties;optional=true");
        Map<String, String> defaults = new LinkedHashMap<>(defaults(simulator));
        defaults.keySet().removeAll(options.left);
        defaults.forEach(main::addInitialProperty);
        options.settings.forEach(main::addInitialProperty);
        options.beans.forEach(main::bind);
        options.routes.forEach(main.configure()::addRoutesBuilder);
        try {
            main.start();
            template = main.getCamelContext().createProducerTemplate();
        } catch (Exception e) {
            close();
            throw new IllegalStateException("The host did not start", e);
        }
    }

    static Builder builder() {
        return new Builder();
    }

    static EmbeddedHost start() {
        return builder().start();
    }

    Simulator simulator() {
        return simulator;
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    ProducerTemplate template() {
        return template;
    }

    /** The outcome of a lookup for a customer of its own: an Order or a Problem. */
    Object outcome(String orderId) {
        return outcome(new OrderLookupRequest(UUID.randomUUID().toString(), orderId));
    }

    Object outcome(Object request) {
        return outcome(DIRECT, request);
    }

    Object outcome(String endpoint, Object request) {
        try {
            Object outcome = template().requestBody(endpoint, request);
            if (outcome instanceof Order order) {
                Schemas.checkOrder(OrderJson.write(order));
            }
            return outcome;
        } catch (CamelExecutionException e) {
            return problem(e);
        }
    }

    Order order(String orderId) {
        return (Order) outcome(orderId);
    }

    Problem problem(String orderId) {
        return (Problem) outcome(orderId);
    }

    /** The same without waiting. */
    CompletableFuture<Object> outcomeLater(Object request) {
        return template()
                .asyncRequestBody(DIRECT, request)
                .exceptionally(e -> problem(e instanceof CompletionException ? e.getCause() : e));
    }

    /** Sends an exchange of the processor's making and returns it as it comes back. */
    Exchange send(String endpoint, Processor processor) {
        return template().send(endpoint, processor);
    }

    /** The problem that a failed exchange of the host carries. */
    static Problem problem(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OrderLookupException known) {
                Schemas.checkProblem(known.problem().toJson());
                return known.problem();
            }
        }
        throw new AssertionError("No problem was thrown", failure);
    }

    @Override
    public void close() {
        main.stop();
        simulator.close();
    }

    private static Map<String, String> defaults(Simulator simulator) {
        return Map.of(
                "partner-center.api-url",
                simulator.apiUrl().toString(),
                "partner-center.login-url",
                simulator.loginUrl().toString(),
                "partner-center.tenant-id",
                Simulator.TENANT_ID,
                "partner-center.client-id",
                Simulator.CLIENT_ID,
                "partner-center.client-secret",
                Simulator.CLIENT_SECRET,
                "partner-center.requests-per-minute",
                "0");
    }

    /** How a host starts: over plain HTTP to a simulator that answers any order id. */
    static final class Builder {

        private Simulator.Builder simulator = Simulator.builder().http().anyOrder();
        private final Map<String, String> settings = new LinkedHashMap<>();
        private final Set<String> left = new HashSet<>();
        private final Map<String, Object> beans = new LinkedHashMap<>();
        private final List<RoutesBuilder> routes = new ArrayList<>();

        private Builder() {}

        Builder simulator(Simulator.Builder simulator) {
            this.simulator = simulator;
            return this;
        }

        Builder setting(String key, String value) {
            settings.put(key, value);
            return this;
        }

        /** Leaves a key out that has a default here. */
        Builder without(String key) {
            left.add(key);
            return this;
        }

        /** Puts a bean of the host into its registry. */
        Builder bean(String name, Object bean) {
            beans.put(name, bean);
            return this;
        }

        Builder routes(RoutesBuilder builder) {
            routes.add(builder);
            return this;
        }

        EmbeddedHost start() {
            return new EmbeddedHost(this);
        }
    }
}
