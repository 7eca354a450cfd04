package io.github.orderlookup.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes the requests of one lane and watches its outcomes. One thread may use it. */
public final class KafkaLoad implements AutoCloseable {

    private final TopicSet topics;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread watch;
    private volatile @Nullable Batch watched;

    public KafkaLoad(TopicSet topics, String brokers) {
        this.topics = topics;
        producer =
                new KafkaProducer<>(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                brokers,
                                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                                "5000"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        partitions.add(new TopicPartition(topics.errors(), 0));
        for (int partition = 0; partition < topics.partitions(); partition++) {
            partitions.add(new TopicPartition(topics.results(), partition));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        watch = new Thread(this::watch, "outcomes-of-" + topics.name());
        watch.setDaemon(true);
        watch.start();
    }

    /** From now on the outcomes of this batch are counted. */
    public void watch(Batch batch) {
        watched = batch;
    }

    /** Writes all requests of the batch as fast as can be, and waits until the broker has them. */
    public void fill(Batch batch) {
        for (int index = 0; index < batch.size(); index++) {
            send(batch, index);
        }
        producer.flush();
    }

    /** Writes the requests of the batch evenly, whatever becomes of those before. */
    public void steadily(Batch batch, double perSecond) {
        long start = System.nanoTime();
        for (int index = 0; index < batch.size(); index++) {
            long due = start + (long) (index * 1e9 / perSecond);
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            send(batch, index);
        }
    }

    private void send(Batch batch, int index) {
        producer.send(
                batch.request(topics, index),
                (metadata, failure) -> {
                    if (failure != null) {
                        failure.printStackTrace();
                    }
                });
    }

    private void watch() {
        try (consumer) {
            while (!Thread.currentThread().isInterrupted()) {
                var outcomes = consumer.poll(Duration.ofSeconds(1));
                long now = System.nanoTime();
                Batch batch = watched;
                if (batch != null) {
                    outcomes.forEach(
                            outcome ->
                                    batch.receive(
                                            outcome, outcome.topic().equals(topics.errors()), now));
                }
            }
        } catch (WakeupException closed) {
            // the way out
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        producer.close(Duration.ZERO);
    }
}
