package io.github.orderlookup.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.requestreply.ReplyingKafkaTemplate;

/**
 * A caller as Spring applications are: a {@code ReplyingKafkaTemplate} that leaves the names and
 * shapes of its headers as Spring has them. Only its patience is longer. Thread-safe.
 */
public final class SpringRequestReply implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String requestTopic;
    private final DefaultKafkaProducerFactory<String, String> producers;
    private final ReplyingKafkaTemplate<String, String, String> template;

    /** Both topics must exist. Returns once the reply topic is being read. */
    public SpringRequestReply(String bootstrapServers, String requestTopic, String replyTopic)
            throws InterruptedException {
        this.requestTopic = requestTopic;
        producers =
                new DefaultKafkaProducerFactory<>(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                        new StringSerializer(),
                        new StringSerializer());
        template = new ReplyingKafkaTemplate<>(producers, replies(bootstrapServers, replyTopic));
        template.afterPropertiesSet();
        template.start();
        if (!template.waitForAssignment(PATIENCE)) {
            throw new IllegalStateException("the reply topic was not assigned");
        }
    }

    /**
     * Sends a request and waits for its reply.
     *
     * @throws TimeoutException when none came
     */
    public ConsumerRecord<String, String> ask(@Nullable String key, String value)
            throws InterruptedException, ExecutionException, TimeoutException {
        return ask(new ProducerRecord<>(requestTopic, key, value));
    }

    /** As {@link #ask(String, String)}, for a record with headers of its own. */
    public ConsumerRecord<String, String> ask(ProducerRecord<String, String> request)
            throws InterruptedException, ExecutionException, TimeoutException {
        return template.sendAndReceive(request, PATIENCE)
                .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        template.destroy();
        producers.destroy();
    }

    private static KafkaMessageListenerContainer<String, String> replies(
            String bootstrapServers, String replyTopic) {
        var consumers =
                new DefaultKafkaConsumerFactory<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ConsumerConfig.GROUP_ID_CONFIG,
                                "spring-" + UUID.randomUUID()),
                        new StringDeserializer(),
                        new StringDeserializer());
        return new KafkaMessageListenerContainer<>(consumers, new ContainerProperties(replyTopic));
    }
}
