package io.github.orderlookup.kafka;

import io.github.orderlookup.settings.KafkaSettings;
import io.github.orderlookup.settings.LookupSettings;
import java.time.Clock;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * The beans of the Kafka door and its component instance {@code order-lookup-kafka}: brokers, TLS
 * and SASL are those of the context's {@code kafka} component, the consumer is ours.
 */
public final class KafkaDoor implements AutoCloseable {

    private final CamelContext context;
    private final KafkaSettings settings;
    private final LookupSettings limits;
    private final Clock clock;
    private final Executor executor;
    private final KafkaComponent component = new KafkaComponent();
    private final TopicDirectory topics;

    public KafkaDoor(
            CamelContext context,
            KafkaSettings settings,
            LookupSettings limits,
            Clock clock,
            Executor executor) {
        this.context = context;
        this.settings = settings;
        this.limits = limits;
        this.clock = clock;
        this.executor = executor;
        this.topics = new TopicDirectory(() -> Admin.create(adminProperties()), clock);
    }

    /** Adds the component and binds the beans that the routes name. */
    public void bind() throws Exception {
        InFlightWindow window = new InFlightWindow();
        Publishing publishing = new Publishing();
        AtomicBoolean connected = new AtomicBoolean();
        takeConnection();
        context.addLifecycleStrategy(new TakeConnection());
        component.setAutowiredEnabled(false);
        component.setKafkaClientFactory(new WindowedClients(window, limits, publishing, connected));
        context.removeComponent("order-lookup-kafka");
        context.addComponent("order-lookup-kafka", component);

        RecordIntake intake =
                new RecordIntake(context, window, executor, "direct:order-lookup-record");
        OutcomeRecords outcomes = new OutcomeRecords(settings, topics, publishing, clock);
        context.addService(intake, true, true);
        Registry registry = context.getRegistry();
        registry.bind("order-lookup-intake", intake);
        registry.bind("order-lookup-outcomes", outcomes);
        registry.bind(
                "order-lookup-republishing",
                new Republishing(settings, outcomes, topics, publishing));
        registry.bind("order-lookup-kafka-readiness", new KafkaReadiness(connected, publishing));
    }

    private Properties adminProperties() {
        KafkaConfiguration configuration = component.getConfiguration();
        Properties properties = new Properties();
        configuration
                .createConsumerProperties()
                .forEach(
                        (key, value) -> {
                            String name = key.toString();
                            if (name.startsWith("ssl.")
                                    || name.startsWith("sasl.")
                                    || name.startsWith("security.")) {
                                properties.put(name, value);
                            }
                        });
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, configuration.getBrokers());
        return properties;
    }

    @Override
    public void close() {
        topics.close();
    }

    /** The connection of the context's {@code kafka} component becomes that of ours. */
    private void takeConnection() {
        KafkaComponent hosts = context.getComponent("kafka", KafkaComponent.class);
        component.setConfiguration(hosts.getConfiguration().copy());
        component.setUseGlobalSslContextParameters(hosts.isUseGlobalSslContextParameters());
    }

    /**
     * Takes the connection once more before the routes are made: the {@code kafka} component may be
     * configured after our beans, depending on the order in which the route files are found.
     */
    private final class TakeConnection extends LifecycleStrategySupport {

        @Override
        public void onContextInitializing(CamelContext initializing) {
            takeConnection();
        }
    }

    /** Gives our consumer endpoint a {@link WindowedConsumer}. */
    private static final class WindowedClients extends DefaultKafkaClientFactory {

        private final InFlightWindow window;
        private final LookupSettings limits;
        private final Publishing publishing;
        private final AtomicBoolean connected;

        WindowedClients(
                InFlightWindow window,
                LookupSettings limits,
                Publishing publishing,
                AtomicBoolean connected) {
            this.window = window;
            this.limits = limits;
            this.publishing = publishing;
            this.connected = connected;
        }

        @Override
        public Consumer<Object, Object> getConsumer(Properties properties) {
            return new WindowedConsumer(
                    properties,
                    window,
                    limits.maxPending(),
                    limits.maxPollRecords(),
                    publishing,
                    connected);
        }
    }
}
