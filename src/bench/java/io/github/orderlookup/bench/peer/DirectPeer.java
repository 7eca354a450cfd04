package io.github.orderlookup.bench.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.orderlookup.process.ParentWatch;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Peer a: plain Kafka clients and the JDK's HTTP client, everything asynchronous.
 *
 * <p>One thread polls. A record starts its call at once while fewer than so many are under way; the
 * answer is produced by the HTTP client's thread; the producer's acknowledgement marks the record
 * as done. The polling thread alone walks the queues of the partitions and commits what is done
 * without a gap.
 */
public final class DirectPeer {

    private static final Duration POLL = Duration.ofMillis(20);
    private static final long COMMIT_EVERY_NANOS = 100_000_000;

    /** A record under way; its offset can be committed when it and all before it are done. */
    private static final class Pending {
        private final long offset;
        private volatile boolean done;

        private Pending(long offset) {
            this.offset = offset;
        }
    }

    private final PeerSetup setup;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AsyncLookup lookup;
    private final Semaphore free;
    private final Map<TopicPartition, Deque<Pending>> pending = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> committable = new HashMap<>();
    private long committedAt = System.nanoTime();

    private DirectPeer(PeerSetup setup) throws IOException, InterruptedException {
        this.setup = setup;
        this.lookup = new AsyncLookup(setup.upstream());
        this.free = new Semaphore(setup.inFlight());
        this.consumer = setup.consumer();
        this.producer = setup.producer();
    }

    public static void main(String[] arguments) throws Exception {
        ParentWatch.start();
        new DirectPeer(PeerSetup.ofThisJvm()).run();
    }

    private void run() throws Exception {
        consumer.subscribe(List.of(setup.requests()), new CommitsBeforeItLeaves());
        while (true) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                take(record);
            }
            commit();
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) throws Exception {
        free.acquire();
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        Pending taken = new Pending(record.offset());
        pending.computeIfAbsent(partition, first -> new ArrayDeque<>()).add(taken);
        order(record.value())
                .whenComplete(
                        (order, failure) -> {
                            free.release();
                            Failures.check(failure);
                            publish(record, order, taken);
                        });
    }

    private CompletableFuture<byte[]> order(byte[] request) throws IOException {
        return setup.verifies() ? lookup.verifiedOrder(request) : lookup.order(request);
    }

    private void publish(ConsumerRecord<byte[], byte[]> record, byte[] order, Pending taken) {
        ProducerRecord<byte[], byte[]> outcome =
                new ProducerRecord<>(setup.results(), record.key(), order);
        String id = record.topic() + "-" + record.partition() + "-" + record.offset();
        outcome.headers().add("ce_id", id.getBytes(UTF_8));
        producer.send(
                outcome,
                (metadata, failure) -> {
                    Failures.check(failure);
                    taken.done = true;
                });
    }

    private void commit() {
        pending.forEach(this::advance);
        if (!committable.isEmpty() && System.nanoTime() - committedAt > COMMIT_EVERY_NANOS) {
            consumer.commitAsync(Map.copyOf(committable), null);
            committable.clear();
            committedAt = System.nanoTime();
        }
    }

    private void advance(TopicPartition partition, Deque<Pending> records) {
        while (!records.isEmpty() && records.element().done) {
            committable.put(partition, new OffsetAndMetadata(records.remove().offset + 1));
        }
    }

    private final class CommitsBeforeItLeaves implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            pending.forEach(DirectPeer.this::advance);
            consumer.commitSync(committable);
            committable.clear();
            pending.keySet().removeAll(partitions);
        }
    }
}
