package io.github.orderlookup.kafka;

import io.github.orderlookup.camel.ExactHeaderNames;
import io.github.orderlookup.kafka.consumer.LimitedBytesDeserializer;
import io.github.orderlookup.kafka.producer.OutcomeProducers;
import io.github.orderlookup.settings.KafkaSettings;
import io.github.orderlookup.supervision.Supervisor;
import java.time.Clock;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the Kafka clients of the component {@code order-lookup-kafka}: consumers that track their
 * records, and the producers of outcomes. Thread-safe.
 */
final class KafkaClients extends DefaultKafkaClientFactory {

    private static final long MAX_FETCH = 50L << 20;

    private final TopicConsumers consumers;
    private final KafkaSettings settings;
    private final Supervisor supervisor;
    private final Clock clock;
    private final AtomicReference<@Nullable OutcomeProducers> producers = new AtomicReference<>();

    /**
     * @param clock monotonic
     */
    KafkaClients(
            TopicConsumers consumers, KafkaSettings settings, Supervisor supervisor, Clock clock) {
        this.consumers = consumers;
        this.settings = settings;
        this.supervisor = supervisor;
        this.clock = clock;
    }

    @Override
    public Consumer<Object, Object> getConsumer(Properties properties) {
        try {
            return consumers
                    .ofGroup(properties.get(ConsumerConfig.GROUP_ID_CONFIG))
                    .make(bounded(properties));
        } catch (Error e) {
            supervisor.onError("Making a Kafka consumer", e);
            throw new KafkaException("The consumer could not be made", e);
        }
    }

    @Override
    public Producer<Object, Object> getProducer(Properties properties) {
        ExactHeaderNames.addTo(properties);
        OutcomeProducers made = new OutcomeProducers(properties, settings, supervisor, clock);
        producers.set(made);
        return made.asProducer();
    }

    /** Runs the check of the producers that were made last. */
    void checkProducers() {
        OutcomeProducers made = producers.get();
        if (made != null) {
            made.check();
        }
    }

    /** What a poll may hold is bounded by us, whatever the topic holds. */
    private static Properties bounded(Properties properties) {
        Properties bounded = new Properties();
        bounded.putAll(properties);
        bounded.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, LimitedBytesDeserializer.class);
        bounded.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, LimitedBytesDeserializer.class);
        bounded.put(
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                Math.toIntExact(Math.min(MAX_FETCH, Runtime.getRuntime().maxMemory() / 16)));
        return bounded;
    }
}
