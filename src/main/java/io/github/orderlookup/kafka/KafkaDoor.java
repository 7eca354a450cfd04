package io.github.orderlookup.kafka;

import io.github.orderlookup.lookup.Meters;
import io.github.orderlookup.lookup.Tracing;
import io.github.orderlookup.lookup.UpstreamHealth;
import io.github.orderlookup.route.Step;
import io.github.orderlookup.settings.KafkaSettings;
import io.github.orderlookup.settings.LookupSettings;
import io.github.orderlookup.supervision.Supervisor;
import java.time.Clock;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * The beans of the Kafka door and its component instance {@code order-lookup-kafka}: brokers, TLS
 * and SASL are those of the context's {@code kafka} component, the consumer is ours.
 */
public final class KafkaDoor implements AutoCloseable {

    private final CamelContext context;
    private final KafkaSettings settings;
    private final LookupSettings limits;
    private final Meters meters;
    private final Tracing tracing;
    private final UpstreamHealth health;
    private final Clock clock;
    private final Clock wall;
    private final Executor executor;

    @SuppressWarnings({"unused", "UnusedVariable"}) // for the workers of this package
    private final Supervisor supervisor;

    private final KafkaComponent component = new KafkaComponent();
    private final TopicDirectory topics;
    private final InFlightWindow window = new InFlightWindow();
    private final Publishing publishing = new Publishing();
    private final AtomicBoolean connected = new AtomicBoolean();
    private final AtomicReference<@Nullable WindowedConsumer> consumer = new AtomicReference<>();

    public KafkaDoor(
            CamelContext context,
            KafkaSettings settings,
            LookupSettings limits,
            UpstreamHealth health,
            Meters meters,
            Tracing tracing,
            Clock clock,
            Clock wall,
            Executor executor,
            Supervisor supervisor) {
        this.supervisor = supervisor;
        this.context = context;
        this.settings = settings;
        this.limits = limits;
        this.meters = meters;
        this.tracing = tracing;
        this.health = health;
        this.clock = clock;
        this.wall = wall;
        this.executor = executor;
        this.topics =
                new TopicDirectory(
                        () -> Admin.create(KafkaConnection.of(component.getConfiguration())),
                        clock);
    }

    /** Adds the component and binds the beans that the routes name. */
    public void bind() throws Exception {
        takeConnection();
        context.addLifecycleStrategy(new TakeConnection());
        component.setAutowiredEnabled(false);
        component.setKafkaClientFactory(new WindowedClients());
        context.removeComponent("order-lookup-kafka");
        context.addComponent("order-lookup-kafka", component);

        OutcomeRecords outcomes =
                new OutcomeRecords(settings, topics, publishing, meters, tracing, clock, wall);
        RecordIntake intake =
                new RecordIntake(
                        context, window, outcomes::begin, executor, "direct:order-lookup-record");
        context.addService(intake, true, true);
        Registry registry = context.getRegistry();
        // Not as a String, in which Camel would look for placeholders.
        registry.bind("order-lookup-group-id", settings.groupId().toCharArray());
        registry.bind("order-lookup-intake", intake);
        registry.bind("order-lookup-open-record", new Step(outcomes::open));
        registry.bind("order-lookup-compose-outcome", new Step(outcomes::compose));
        registry.bind(
                "order-lookup-compose-internal-error", new Step(outcomes::composeInternalError));
        registry.bind("order-lookup-note-acknowledgement", new Step(outcomes::acknowledge));
        registry.bind(
                "order-lookup-republishing",
                new Republishing(settings, outcomes, topics, publishing));
        registry.bind("order-lookup-kafka-readiness", new KafkaReadiness(connected, publishing));
    }

    @Override
    public void close() {
        topics.close();
    }

    /** The connection of the context's {@code kafka} component becomes that of ours. */
    private void takeConnection() {
        KafkaComponent hosts = context.getComponent("kafka", KafkaComponent.class);
        KafkaConfiguration ours = hosts.getConfiguration().copy();
        KafkaOptions.keepConnectionOnly(ours);
        component.setConfiguration(ours);
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

    /** What goes through the door at this moment. */
    public KafkaFigures figures() {
        WindowedConsumer polling = consumer.get();
        return new KafkaFigures(
                window.pending(),
                limits.maxPending(),
                polling == null ? 0 : polling.lag(),
                publishing.stuck(),
                connected.get());
    }

    /** Gives our consumer endpoint a {@link WindowedConsumer}, and our producer exact names. */
    private final class WindowedClients extends DefaultKafkaClientFactory {

        @Override
        public Consumer<Object, Object> getConsumer(Properties properties) {
            WindowedConsumer made =
                    new WindowedConsumer(
                            properties,
                            window,
                            limits.maxPending(),
                            limits.maxPollRecords(),
                            publishing,
                            health,
                            connected);
            consumer.set(made);
            return made;
        }

        @Override
        public Producer<Object, Object> getProducer(Properties properties) {
            ExactHeaderNames.addTo(properties);
            return new KafkaProducer<>(properties);
        }
    }
}
