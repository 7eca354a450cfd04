package io.github.orderlookup.kafka.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.kafka.Records;
import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.supervision.Supervisor;
import io.github.orderlookup.time.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeProducersTest {

    private final ManualClock clock = new ManualClock();
    private final List<Throwable> ends = new ArrayList<>();

    /** As {@code KafkaOptions} allows at most: a client that cannot be made publishes nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"results", "replies"})
    void makesItsClientsWithTheLongestTimeoutsThatSettingsAllow(String topic) throws Exception {
        try (Producer<Object, Object> producer = producers().asProducer()) {
            CompletableFuture<Exception> failure = new CompletableFuture<>();

            Future<RecordMetadata> unused =
                    producer.send(
                            new ProducerRecord<>(topic, new byte[0]),
                            (metadata, exception) -> failure.complete(exception));

            assertThat(failure.get(60, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        }
        assertThat(ends).isEmpty();
    }

    private OutcomeProducers producers() {
        Properties properties = new Properties();
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + FreePort.find());
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "100");
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "20000");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, "5000");
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "25000");
        return new OutcomeProducers(
                properties, Records.settings(), new Supervisor(clock, ends::add), clock);
    }
}
