package io.github.orderlookup.bench.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.orderlookup.process.ParentWatch;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.AcknowledgingMessageListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Peer b: Spring Kafka with asynchronous acknowledgements, which may come in any order: Spring
 * commits in order and pauses the consumer while there are gaps. The calls are those of peer a.
 */
public final class SpringPeer {

    private final PeerSetup setup;
    private final AsyncLookup lookup;
    private final Semaphore free;
    private final KafkaTemplate<byte[], byte[]> template;

    private SpringPeer(PeerSetup setup) throws IOException, InterruptedException {
        this.setup = setup;
        this.lookup = new AsyncLookup(setup.upstream());
        this.free = new Semaphore(setup.inFlight());
        this.template =
                new KafkaTemplate<>(
                        new DefaultKafkaProducerFactory<>(
                                setup.producerSettings(),
                                new ByteArraySerializer(),
                                new ByteArraySerializer()));
    }

    public static void main(String[] arguments) throws Exception {
        ParentWatch.start();
        new SpringPeer(PeerSetup.ofThisJvm()).start();
    }

    private void start() {
        ContainerProperties container = new ContainerProperties(setup.requests());
        container.setAckMode(ContainerProperties.AckMode.MANUAL);
        container.setAsyncAcks(true);
        AcknowledgingMessageListener<byte[], byte[]> listener = this::take;
        container.setMessageListener(listener);
        var consumers =
                new DefaultKafkaConsumerFactory<>(
                        setup.consumerSettings(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        new KafkaMessageListenerContainer<>(consumers, container).start();
    }

    private void take(ConsumerRecord<byte[], byte[]> record, Acknowledgment acknowledgment) {
        try {
            free.acquire();
            lookup.order(record.value())
                    .whenComplete(
                            (order, failure) -> {
                                free.release();
                                Failures.check(failure);
                                publish(record, order, acknowledgment);
                            });
        } catch (IOException | InterruptedException e) {
            Failures.check(e);
        }
    }

    private void publish(
            ConsumerRecord<byte[], byte[]> record, byte[] order, Acknowledgment acknowledgment) {
        ProducerRecord<byte[], byte[]> outcome =
                new ProducerRecord<>(setup.results(), record.key(), order);
        String id = record.topic() + "-" + record.partition() + "-" + record.offset();
        outcome.headers().add("ce_id", id.getBytes(UTF_8));
        template.send(outcome)
                .whenComplete(
                        (metadata, failure) -> {
                            Failures.check(failure);
                            acknowledgment.acknowledge();
                        });
    }
}
