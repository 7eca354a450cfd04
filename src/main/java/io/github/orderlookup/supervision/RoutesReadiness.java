package io.github.orderlookup.supervision;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Ready when each route that the settings call for is there and started, and is measured. Routes
 * that are not found leave nothing behind that could say so. Never part of liveness.
 */
public final class RoutesReadiness extends AbstractHealthCheck {

    private final CamelContext context;
    private final List<String> expected;
    private final BooleanSupplier measured;

    /**
     * @param expected the ids of the routes
     * @param measured whether the meters are registered, or are not called for
     */
    public RoutesReadiness(CamelContext context, List<String> expected, BooleanSupplier measured) {
        super("order-lookup", "order-lookup-routes");
        this.context = context;
        this.expected = List.copyOf(expected);
        this.measured = measured;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        trouble().ifPresentOrElse(trouble -> builder.message(trouble).down(), builder::up);
    }

    /** What is missing, in words. */
    private Optional<String> trouble() {
        for (String route : expected) {
            ServiceStatus status = context.getRouteController().getRouteStatus(route);
            if (status == null) {
                return Optional.of("The route " + route + " is missing.");
            }
            if (status != ServiceStatus.Started) {
                return Optional.of("The route " + route + " is not started: " + status + ".");
            }
        }
        return measured.getAsBoolean()
                ? Optional.empty()
                : Optional.of("Nothing is measured: the meters are not registered.");
    }
}
