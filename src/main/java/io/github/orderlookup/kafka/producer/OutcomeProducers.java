package io.github.orderlookup.kafka.producer;

import io.github.orderlookup.settings.KafkaSettings;
import io.github.orderlookup.supervision.Supervisor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.Properties;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The producer that camel-kafka sees, and two behind it: one for the results, errors and waiting
 * topics, one for reply topics. What a reply topic holds up (memory, records on their way, senders)
 * is not that of the others.
 *
 * <p>A proxy, since the interface differs between versions of Kafka's client, and camel-kafka asks
 * it for two things alone: to send and to close. Thread-safe.
 */
public final class OutcomeProducers implements InvocationHandler {

    /** So that a reply ends in the errors topic 30 s after it was first sent. */
    private static final String REPLY_TIMEOUT_MS = "28000";

    private static final Object[] NONE = {};

    private final KafkaSettings settings;
    private final OutcomeProducer usual;
    private final OutcomeProducer replies;

    /**
     * @param configured of the producer for the usual topics
     * @param clock monotonic
     */
    public OutcomeProducers(
            Properties configured, KafkaSettings settings, Supervisor supervisor, Clock clock) {
        this.settings = settings;
        Properties properties = new Properties();
        properties.putAll(configured);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Long.toString(bufferMemory()));
        this.usual = new OutcomeProducer(() -> new KafkaProducer<>(properties), supervisor, clock);
        Properties ofReplies = ofReplies(properties);
        this.replies = new OutcomeProducer(() -> new KafkaProducer<>(ofReplies), supervisor, clock);
    }

    /** An eighth of the largest heap, but not less than the largest record needs. */
    private static long bufferMemory() {
        return Math.max(24L << 20, Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 8));
    }

    /** A batch for each record: one that is refused takes no other along. */
    private static Properties ofReplies(Properties properties) {
        Properties changed = new Properties();
        changed.putAll(properties);
        changed.remove(ProducerConfig.CLIENT_ID_CONFIG);
        changed.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, REPLY_TIMEOUT_MS);
        changed.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "2000");
        changed.put(ProducerConfig.BATCH_SIZE_CONFIG, "0");
        return changed;
    }

    /** The producer for camel-kafka. */
    @SuppressWarnings("unchecked")
    public Producer<Object, Object> asProducer() {
        return (Producer<Object, Object>)
                Proxy.newProxyInstance(
                        Producer.class.getClassLoader(), new Class<?>[] {Producer.class}, this);
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] given) {
        Object[] arguments = given == null ? NONE : given;
        return switch (method.getName()) {
            case "send" -> {
                ProducerRecord<Object, Object> record =
                        (ProducerRecord<Object, Object>) arguments[0];
                Callback callback =
                        arguments.length > 1 ? (Callback) arguments[1] : (metadata, failure) -> {};
                yield of(record.topic()).send(record, callback);
            }
            case "close" -> {
                close();
                yield null;
            }
            case "toString" -> "order-lookup producers";
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == arguments[0];
            default -> throw new UnsupportedOperationException(method.getName());
        };
    }

    private OutcomeProducer of(String topic) {
        return topic.equals(settings.resultsTopic())
                        || topic.equals(settings.errorsTopic())
                        || topic.equals(settings.waitingTopic())
                ? usual
                : replies;
    }

    /** Replaces a client that has stopped answering. Called now and then. */
    public void check() {
        usual.check();
        replies.check();
    }

    private void close() {
        usual.close();
        replies.close();
    }
}
