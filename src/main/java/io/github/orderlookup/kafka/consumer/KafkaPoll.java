package io.github.orderlookup.kafka.consumer;

import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** The poll of Kafka's own consumer, beneath the one that {@link TrackingConsumer} overrides. */
@FunctionalInterface
interface KafkaPoll {
    ConsumerRecords<Object, Object> poll(Duration timeout);
}
