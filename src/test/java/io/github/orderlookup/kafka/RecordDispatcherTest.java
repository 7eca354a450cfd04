package io.github.orderlookup.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.camel.KafkaHeaderNames;
import io.github.orderlookup.kafka.tracking.OffsetTracker;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.Source;
import io.github.orderlookup.lookup.Tracing.Span;
import io.github.orderlookup.supervision.Supervisor;
import io.github.orderlookup.time.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A record has its outcome, or is tried again, whatever is thrown on its way. */
class RecordDispatcherTest {

    private static final TopicPartition PARTITION = new TopicPartition("requests", 0);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CamelContext context = new DefaultCamelContext();
    private final OffsetTracker tracker = new OffsetTracker(new ManualClock());
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Deque<Throwable> failures = new ArrayDeque<>();
    private final List<Throwable> ends = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        context.addRoutes(
                new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:answer").process(exchange -> answer(exchange));
                    }
                });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
        timer.shutdownNow();
    }

    private boolean inUse = true;

    @Test
    void passesOverWhatAReplacedConsumerHandsOver() throws Exception {
        inUse = false;

        intake(Runnable::run).process(polled());

        assertThat(tracker.pending()).isZero();
        assertThat(tracker.committable()).isEmpty();
    }

    @Test
    void commitsARecordThatWasAnswered() throws Exception {
        intake(Runnable::run).process(polled());

        assertThat(tracker.committable()).containsEntry(PARTITION, new OffsetAndMetadata(8));
    }

    @Test
    void triesAgainWhatNoThreadWasFoundFor() throws Exception {
        Executor executor =
                new Executor() {
                    private boolean refused;

                    @Override
                    public void execute(Runnable work) {
                        if (!refused) {
                            refused = true;
                            throw new RejectedExecutionException("full");
                        }
                        work.run();
                    }
                };

        intake(executor).process(polled());

        await().atMost(PATIENCE).until(() -> !tracker.committable().isEmpty());
    }

    @Test
    void triesAgainWhatEndedWithoutAnOutcome() throws Exception {
        failures.add(new IllegalStateException("a defect"));

        intake(Runnable::run).process(polled());

        await().atMost(PATIENCE).until(() -> !tracker.committable().isEmpty());
        assertThat(ends).isEmpty();
    }

    @Test
    void triesAgainAfterAnErrorAndTellsTheSupervisor() throws Exception {
        Executor executor =
                new Executor() {
                    private boolean failed;

                    @Override
                    public void execute(Runnable work) {
                        if (!failed) {
                            failed = true;
                            throw new OutOfMemoryError("unable to create native thread");
                        }
                        work.run();
                    }
                };

        intake(executor).process(polled());

        await().atMost(PATIENCE).until(() -> !tracker.committable().isEmpty());
        assertThat(ends).singleElement().isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void cancelsTheLookupOfAPartitionThatIsLost() throws Exception {
        List<Exchange> waiting = new ArrayList<>();
        context.addRoutes(
                new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:wait")
                                .process(
                                        exchange -> {
                                            exchange.setProperty(Lookup.PROPERTY, lookup());
                                            waiting.add(exchange);
                                            tracker.forget(List.of(PARTITION));
                                        });
                    }
                });

        intake(Runnable::run, "direct:wait").process(polled());

        assertThat(waiting)
                .singleElement()
                .satisfies(
                        exchange ->
                                assertThat(
                                                exchange.getProperty(Lookup.PROPERTY, Lookup.class)
                                                        .isCancelled())
                                        .isTrue());
        assertThat(tracker.pending()).isZero();
    }

    @Test
    void knowsWhatTheLookupOfARecordWaitsFor() throws Exception {
        context.addRoutes(
                new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:wait").process(exchange -> waitForAPermit(exchange));
                    }
                });

        intake(Runnable::run, "direct:wait").process(polled());

        assertThat(tracker.heads())
                .singleElement()
                .satisfies(head -> assertThat(head.waitReason()).hasValue("a permit"));
    }

    @Test
    void countsTheFailuresOfARecordThatIsTriedAgain() throws Exception {
        IllegalStateException defect = new IllegalStateException("a defect");
        failures.addAll(List.of(defect, defect, defect, defect));

        intake(Runnable::run).process(polled());

        await().atMost(PATIENCE).until(() -> tracker.heads().get(0).failures() >= 2);
        assertThat(tracker.heads().get(0).failure()).isEqualTo("IllegalStateException");
    }

    private static void waitForAPermit(Exchange exchange) {
        Lookup waiting = lookup();
        waiting.waitsFor(() -> Optional.of("a permit"));
        exchange.setProperty(Lookup.PROPERTY, waiting);
        exchange.setException(new IllegalStateException("ends, and is tried again"));
    }

    private static Lookup lookup() {
        return new Lookup(Source.KAFKA, null, Instant.EPOCH);
    }

    private void answer(Exchange exchange) throws Exception {
        Throwable failure = failures.poll();
        if (failure instanceof Exception exception) {
            throw exception;
        }
        exchange.setProperty(RecordDispatcher.ACKNOWLEDGED, true);
    }

    private RecordDispatcher intake(Executor executor) {
        return intake(executor, "direct:answer");
    }

    private RecordDispatcher intake(Executor executor, String route) {
        RecordDispatcher dispatcher =
                new RecordDispatcher(
                        context,
                        tracker,
                        record -> Span.NONE,
                        executor,
                        timer,
                        new Supervisor(new ManualClock(), ends::add),
                        new LogLimit(new ManualClock()),
                        route,
                        () -> inUse);
        dispatcher.start();
        return dispatcher;
    }

    private Exchange polled() {
        Exchange exchange = new DefaultExchange(context);
        Message message = exchange.getMessage();
        message.setHeader(KafkaHeaderNames.TOPIC, PARTITION.topic());
        message.setHeader(KafkaHeaderNames.PARTITION, PARTITION.partition());
        message.setHeader(KafkaHeaderNames.OFFSET, 7L);
        message.setHeader(KafkaHeaderNames.HEADERS, new RecordHeaders());
        message.setBody(new byte[] {'{', '}'});
        return exchange;
    }
}
