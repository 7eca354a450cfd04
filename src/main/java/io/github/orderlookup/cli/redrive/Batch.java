package io.github.orderlookup.cli.redrive;

import io.github.orderlookup.cli.broker.BrokerAnswer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What was sent since the last commit, and what the broker has acknowledged of it. Not thread-safe.
 */
final class Batch {

    private static final Future<?> NOTHING = CompletableFuture.completedFuture(null);

    private final Producer<byte[], byte[]> producer;
    private final String requestTopic;
    private final List<Entry> entries = new ArrayList<>();

    /**
     * A record of the errors topic that was decided on.
     *
     * @param type of the request that was sent; null when none was
     */
    private record Entry(ConsumerRecord<?, ?> record, @Nullable String type, Future<?> answer) {}

    Batch(Producer<byte[], byte[]> producer, String requestTopic) {
        this.producer = producer;
        this.requestTopic = requestTopic;
    }

    /** The record was skipped. */
    void skip(ConsumerRecord<?, ?> record) {
        entries.add(new Entry(record, null, NOTHING));
    }

    /**
     * Sends the request of a record.
     *
     * @return whether there is a point in sending more
     */
    boolean send(ConsumerRecord<?, ?> record, FailedRequest failed) {
        Future<?> answer = send(RebuiltRequest.of(failed, requestTopic));
        entries.add(new Entry(record, failed.type(), answer));
        return !answer.isDone() || failure(answer) == null;
    }

    private Future<?> send(ProducerRecord<byte[], byte[]> request) {
        try {
            return producer.send(request);
        } catch (KafkaException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Waits until each request is acknowledged or has failed.
     *
     * @param errors gets the records before the first failure of their partition as done
     */
    Result finish(ErrorsTopic errors, Counts counts) {
        producer.flush();
        Map<TopicPartition, Long> unsure = new HashMap<>();
        Throwable first = null;
        boolean sent = false;
        for (Entry entry : entries) {
            TopicPartition partition = ErrorsTopic.partition(entry.record());
            Throwable failure = failure(entry.answer());
            if (failure == null && entry.type() != null) {
                counts.sent(entry.type());
            }
            sent |= entry.type() != null;
            first = first == null ? failure : first;
            if (failure != null || unsure.containsKey(partition)) {
                unsure.put(partition, entry.record().offset() + 1);
            } else {
                errors.done(entry.record());
            }
        }
        entries.clear();
        return new Result(
                sent,
                unsure,
                first == null
                        ? null
                        : RedriveFailure.of(
                                "The request topic " + requestTopic, BrokerAnswer.refused(first)));
    }

    /**
     * What has become of a batch.
     *
     * @param sent whether anything was
     * @param unsure behind the last record of each partition that may have been sent and is not
     *     done
     */
    record Result(
            boolean sent, Map<TopicPartition, Long> unsure, @Nullable RedriveFailure failure) {}

    private static @Nullable Throwable failure(Future<?> answer) {
        try {
            answer.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause() == null ? e : e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e;
        }
    }
}
