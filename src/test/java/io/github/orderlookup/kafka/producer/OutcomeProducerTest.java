package io.github.orderlookup.kafka.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.orderlookup.supervision.Supervisor;
import io.github.orderlookup.time.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OutcomeProducerTest {

    private final ManualClock clock = new ManualClock();
    private final List<FakeClient> clients = new ArrayList<>();
    private final List<Throwable> ends = new ArrayList<>();
    private final OutcomeProducer producer =
            new OutcomeProducer(this::client, new Supervisor(clock, ends::add), clock);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Test
    void answersEachRecordOnce() {
        Answers answers = new Answers();

        Future<RecordMetadata> unused = producer.send(record("replies"), answers);
        clients.get(0).completeNext();
        clock.advance(Duration.ofMinutes(5));
        producer.check();

        assertThat(answers.failures).containsExactly(Answers.NONE);
        assertThat(clients).hasSize(1);
    }

    @Test
    void replacesAClientThatGivesNoAnswers() {
        Answers answers = new Answers();
        Future<RecordMetadata> first = producer.send(record("replies"), answers);

        clock.advance(Duration.ofSeconds(76));
        producer.check();
        Future<RecordMetadata> second = producer.send(record("replies"), new Answers());

        assertThat(first).isNotNull();
        assertThat(second).isNotNull();
        assertThat(answers.failures).singleElement().isInstanceOf(TimeoutException.class);
        assertThat(clients).hasSize(2);
        assertThat(clients.get(0).closed()).isTrue();
    }

    @Test
    void letsTwoSendersWaitForATopicAndFailsTheOthersAtOnce() throws Exception {
        FakeClient client = client();
        clients.clear();
        OutcomeProducer waiting =
                new OutcomeProducer(() -> client, new Supervisor(clock, ends::add), clock);
        client.failNow = true;
        Future<RecordMetadata> marked = waiting.send(record("missing"), new Answers());
        client.failNow = false;
        client.hold = new CountDownLatch(1);
        for (int i = 0; i < 2; i++) {
            Future<?> unused = threads.submit(() -> waiting.send(record("missing"), new Answers()));
        }
        client.awaitSenders(2);
        Answers third = new Answers();

        Future<RecordMetadata> refused = waiting.send(record("missing"), third);

        assertThat(marked).isNotNull();
        assertThat(refused.isDone()).isTrue();
        assertThat(third.failures).singleElement().isInstanceOf(TimeoutException.class);
        client.hold.countDown();
    }

    @Test
    void failsARecordWhoseSendingThrowsAnError() {
        FakeClient client = client();
        clients.clear();
        client.error = new NoClassDefFoundError("compression");
        OutcomeProducer failing =
                new OutcomeProducer(() -> client, new Supervisor(clock, ends::add), clock);

        assertThatThrownBy(() -> failing.send(record("replies"), new Answers()))
                .isInstanceOf(KafkaException.class)
                .hasCauseInstanceOf(NoClassDefFoundError.class);
        assertThat(ends).isEmpty();
    }

    @Test
    void endsTheProcessWhenTheHeapIsExhausted() {
        FakeClient client = client();
        clients.clear();
        client.error = new OutOfMemoryError("test");
        OutcomeProducer failing =
                new OutcomeProducer(() -> client, new Supervisor(clock, ends::add), clock);

        assertThatThrownBy(() -> failing.send(record("replies"), new Answers()))
                .isInstanceOf(KafkaException.class);
        assertThat(ends).singleElement().isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void makesNoClientOnceItIsClosed() {
        producer.close();

        assertThatThrownBy(() -> producer.send(record("replies"), new Answers()))
                .isInstanceOf(KafkaException.class);
        assertThat(clients).isEmpty();
    }

    private FakeClient client() {
        FakeClient made = new FakeClient();
        clients.add(made);
        return made;
    }

    private static ProducerRecord<Object, Object> record(String topic) {
        return new ProducerRecord<>(topic, null, "value");
    }

    private static final class Answers implements Callback {
        private static final Exception NONE = new Exception("none");
        private final List<Exception> failures = new ArrayList<>();

        @Override
        public void onCompletion(RecordMetadata metadata, Exception failure) {
            failures.add(failure == null ? NONE : failure);
        }
    }

    /** Answers when the test says so, or fails in the thread of the sender. */
    private static final class FakeClient extends MockProducer<Object, Object> {
        private final LinkedBlockingQueue<String> senders = new LinkedBlockingQueue<>();
        private volatile boolean failNow;
        private volatile CountDownLatch hold = new CountDownLatch(0);
        private volatile Error error;

        FakeClient() {
            super(false, (topic, data) -> new byte[0], (topic, data) -> new byte[0]);
        }

        @Override
        public Future<RecordMetadata> send(
                ProducerRecord<Object, Object> record, Callback callback) {
            if (error != null) {
                throw error;
            }
            if (failNow) {
                TimeoutException failure = new TimeoutException("no metadata");
                callback.onCompletion(null, failure);
                return CompletableFuture.failedFuture(failure);
            }
            senders.add(record.topic());
            try {
                hold.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return super.send(record, callback);
        }

        void awaitSenders(int count) throws InterruptedException {
            for (int i = 0; i < count; i++) {
                assertThat(senders.poll(30, TimeUnit.SECONDS)).isNotNull();
            }
        }
    }
}
