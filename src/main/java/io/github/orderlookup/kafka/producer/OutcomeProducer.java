package io.github.orderlookup.kafka.producer;

import io.github.orderlookup.supervision.Supervisor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One producer of Kafka's client, guarded: each record that is sent gets exactly one answer.
 *
 * <p>While a topic makes senders wait (it is missing, or its brokers are), two senders wait for it
 * at a time and the others fail at once, so that no topic takes all threads. When the client gives
 * no answer for longer than its own timeouts allow, its thread has ended: it is replaced, and what
 * was sent fails, to be sent again. Thread-safe.
 */
final class OutcomeProducer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OutcomeProducer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(75);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
    private static final int SENDERS_THAT_WAIT = 2;

    private final Supplier<Producer<Object, Object>> clients;
    private final Supervisor supervisor;
    private final Clock clock;
    private final Set<Sent> open = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<String, Slow> slow = new ConcurrentHashMap<>();
    private @Nullable Producer<Object, Object> client;
    private boolean closed;

    /** A topic that makes senders wait. */
    private record Slow(Exception failure, Semaphore waiting) {}

    /** A record that was sent, until its answer. */
    private final class Sent implements Callback {
        private final Instant since = clock.instant();
        private final String topic;
        private final Callback callback;
        private final AtomicBoolean answered = new AtomicBoolean();
        private final Thread sender = Thread.currentThread();
        private volatile boolean sending = true;

        Sent(String topic, Callback callback) {
            this.topic = topic;
            this.callback = callback;
        }

        @Override
        public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
            if (!answered.compareAndSet(false, true)) {
                return;
            }
            open.remove(this);
            if (failure == null) {
                slow.remove(topic);
            } else if (sending && Thread.currentThread().equals(sender)) {
                slow.computeIfAbsent(
                        topic, unused -> new Slow(failure, new Semaphore(SENDERS_THAT_WAIT)));
            }
            try {
                callback.onCompletion(metadata, failure);
            } catch (Error e) {
                supervisor.onError("Going on after an outcome was sent", e);
            }
        }
    }

    /**
     * @param clients makes a producer of Kafka's client; called on first use
     * @param clock monotonic
     */
    OutcomeProducer(
            Supplier<Producer<Object, Object>> clients, Supervisor supervisor, Clock clock) {
        this.clients = clients;
        this.supervisor = supervisor;
        this.clock = clock;
    }

    /** Sends a record; the callback is called once, on any thread. */
    Future<RecordMetadata> send(ProducerRecord<Object, Object> record, Callback callback) {
        Slow now = slow.get(record.topic());
        if (now == null) {
            return sendNow(record, callback);
        }
        if (!now.waiting().tryAcquire()) {
            callback.onCompletion(null, now.failure());
            return CompletableFuture.failedFuture(now.failure());
        }
        try {
            return sendNow(record, callback);
        } finally {
            now.waiting().release();
        }
    }

    private Future<RecordMetadata> sendNow(
            ProducerRecord<Object, Object> record, Callback callback) {
        Sent sent = new Sent(record.topic(), callback);
        open.add(sent);
        try {
            return client().send(record, sent);
        } catch (RuntimeException e) {
            open.remove(sent);
            throw e;
        } catch (Error e) {
            open.remove(sent);
            supervisor.onError("Sending an outcome", e);
            throw new KafkaException("The outcome could not be sent", e);
        } finally {
            sent.sending = false;
        }
    }

    private synchronized Producer<Object, Object> client() {
        if (closed) {
            throw new KafkaException("The process stops");
        }
        if (client == null) {
            client = clients.get();
        }
        return client;
    }

    /** Replaces the client if it has stopped answering. Called now and then. */
    void check() {
        Instant limit = clock.instant().minus(PATIENCE);
        if (open.stream().anyMatch(sent -> sent.since.isBefore(limit))) {
            LOG.error("A Kafka producer gives no answers any more, and is replaced");
            closeClient(Duration.ZERO);
            TimeoutException failure = new TimeoutException("The producer gave no answer");
            for (Sent sent : Set.copyOf(open)) {
                sent.onCompletion(null, failure);
            }
        }
    }

    private void closeClient(Duration timeout) {
        Producer<Object, Object> old;
        synchronized (this) {
            old = client;
            client = null;
        }
        if (old != null) {
            old.close(timeout);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        closeClient(CLOSE_TIMEOUT);
    }
}
