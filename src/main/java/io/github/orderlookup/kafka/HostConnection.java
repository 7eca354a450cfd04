package io.github.orderlookup.kafka;

import io.github.orderlookup.camel.KafkaOptions;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Copies the connection of the context's {@code kafka} component to ours: brokers, TLS and SASL,
 * and nothing else.
 *
 * <p>It is copied once more before the routes are made: the {@code kafka} component may be
 * configured after our beans, depending on the order in which the route files are found.
 */
final class HostConnection extends LifecycleStrategySupport {

    private final CamelContext context;
    private final KafkaComponent component;

    /**
     * @param component gets the connection
     */
    HostConnection(CamelContext context, KafkaComponent component) {
        this.context = context;
        this.component = component;
    }

    /** Copies the connection as it is configured at this moment. */
    void take() {
        KafkaComponent hosts = context.getComponent("kafka", KafkaComponent.class);
        KafkaConfiguration ours = hosts.getConfiguration().copy();
        KafkaOptions.keepConnectionOnly(ours);
        component.setConfiguration(ours);
        component.setUseGlobalSslContextParameters(hosts.isUseGlobalSslContextParameters());
    }

    @Override
    public void onContextInitializing(CamelContext initializing) {
        take();
    }
}
