package io.github.orderlookup.kafka;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Ready when a broker is connected that lets us read, and no outcome waits to be published. Never
 * part of liveness: a restart would mend neither.
 */
final class KafkaReadiness extends AbstractHealthCheck {

    private final AtomicBoolean connected;
    private final Publishing publishing;

    /**
     * @param connected whether the consumer has a connection to a broker
     */
    KafkaReadiness(AtomicBoolean connected, Publishing publishing) {
        super("order-lookup", "order-lookup-kafka");
        this.connected = connected;
        this.publishing = publishing;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        if (!connected.get()) {
            builder.message("No Kafka broker is connected that lets us read the requests.").down();
            return;
        }
        publishing
                .trouble()
                .ifPresentOrElse(trouble -> builder.message(trouble).down(), builder::up);
    }
}
