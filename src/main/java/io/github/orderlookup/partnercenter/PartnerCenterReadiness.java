package io.github.orderlookup.partnercenter;

import io.github.orderlookup.lookup.UpstreamHealth;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Ready unless there is an outage. Never part of liveness: a restart would not mend it. */
final class PartnerCenterReadiness extends AbstractHealthCheck {

    private final UpstreamHealth health;

    PartnerCenterReadiness(UpstreamHealth health) {
        super("order-lookup", "order-lookup-partner-center");
        this.health = health;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        health.outage().ifPresentOrElse(reason -> builder.message(reason).down(), builder::up);
    }
}
