package io.github.orderlookup.kafka.producer;

import static io.github.orderlookup.kafka.producer.ComposedRecords.replyTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.kafka.RecordDispatcher;
import io.github.orderlookup.kafka.Records;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.Meters;
import io.github.orderlookup.route.Step;
import io.github.orderlookup.time.ManualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.builder.DeadLetterChannelBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The route that publishes, with camel-kafka as it is and a broker that answers as told. */
class PublishRouteTest {

    private static final TimeoutException FAILURE = new TimeoutException("no broker");
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final ManualTime time = new ManualTime();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ComposedRecords records = new ComposedRecords(context, time.clock());
    private final List<Exchange> over = new ArrayList<>();
    private final List<Lookup> counted = new ArrayList<>();
    private final List<Exchange> handledByTheHost = new ArrayList<>();
    private int resumed;
    private @Nullable RuntimeException meterFailure;
    private final AwaitPublishRetry await =
            new AwaitPublishRetry(records.retry, this::resume, time.timer());
    private MockProducer<Object, Object> broker = producer();

    @BeforeEach
    void start() throws Exception {
        KafkaComponent kafka = new KafkaComponent();
        kafka.getConfiguration().setBrokers("127.0.0.1:9");
        kafka.setKafkaClientFactory(new Clients());
        context.addComponent("order-lookup-kafka", kafka);
        context.getRegistry().bind("order-lookup-threads", time.timer());
        context.getRegistry()
                .bind("order-lookup-unpublished", (Predicate) AcknowledgeOutcome::isUnpublished);
        context.getRegistry()
                .bind(
                        "order-lookup-acknowledge-record",
                        new Step(
                                new AcknowledgeOutcome(records.publishing, meters())::acknowledge));
        context.getRegistry().bind("order-lookup-await-publish-retry", await);
        Properties settings = new Properties();
        settings.put("order-lookup.kafka.enabled", "true");
        settings.put("order-lookup.results-topic", "results");
        context.getPropertiesComponent().setInitialProperties(settings);
        context.getShutdownStrategy().setTimeout(5);
        addErrorHandlerOfAHost();
        context.addRoutes(
                new RouteConfigurationBuilder() {
                    @Override
                    public void configuration() {
                        routeConfiguration("order-lookup-errors").errorHandler(noErrorHandler());
                    }
                });
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(
                        PluginHelper.getResourceLoader(context)
                                .resolveResource("file:routes/order-lookup-publish.camel.yaml"));
        context.start();
    }

    private void addErrorHandlerOfAHost() throws Exception {
        context.getCamelContextExtension()
                .setErrorHandlerFactory(
                        new DeadLetterChannelBuilder("direct:host-dead")
                                .maximumRedeliveries(2)
                                .redeliveryDelay(0));
        context.addRoutes(
                new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:host-dead").process(handledByTheHost::add);
                    }
                });
    }

    @AfterEach
    void stop() {
        while (broker.completeNext()) {
            time.advance(Duration.ZERO);
        }
        context.stop();
    }

    @Test
    void endsOnceTheBrokerHasAcknowledged() throws Exception {
        publish(records.order(Records.headers()));
        assertThat(over).isEmpty();

        acknowledge();

        assertThat(over).singleElement().matches(PublishRouteTest::isAcknowledged);
        assertThat(counted).hasSize(1);
        assertThat(broker.history()).hasSize(1);
    }

    @Test
    void waitsTwiceAsLongAfterEachFailureAndAtMostTenSeconds() throws Exception {
        publish(records.order(Records.headers()));

        List<Integer> delays = List.of(250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000);
        for (int millis : delays) {
            refuse(FAILURE);
            int before = broker.history().size();
            time.advance(Duration.ofMillis(millis).minus(MOMENT));
            assertThat(broker.history()).as("sent before %d ms", millis).hasSize(before);
            time.advance(MOMENT);
            assertThat(broker.history()).as("sent after %d ms", millis).hasSize(before + 1);
        }
        assertThat(over).isEmpty();
        assertThat(resumed).isEqualTo(delays.size());
        assertThat(records.publishing.isStuck()).isTrue();

        acknowledge();

        assertThat(over).singleElement().matches(PublishRouteTest::isAcknowledged);
        assertThat(records.publishing.isStuck()).isFalse();
    }

    @Test
    void beginsTheBackOffOfEachRecordAnew() throws Exception {
        publish(records.order(Records.headers()));
        IntStream.range(0, 4).forEach(attempt -> refuseAndWait());
        acknowledge();

        publish(records.order(Records.headers()));
        int before = broker.history().size();
        refuse(FAILURE);
        time.advance(Duration.ofMillis(250));

        assertThat(broker.history()).hasSize(before + 1);
    }

    @Test
    void publishesTheSameRecordAgain() throws Exception {
        publish(records.order(replyTo("replies").add("kafka_replyPartition", partition(3))));
        refuseAndWait();
        refuseAndWait();

        assertThat(broker.history()).hasSize(3);
        assertThat(broker.history().stream().map(PublishRouteTest::whole).distinct())
                .singleElement()
                .satisfies(
                        record -> {
                            assertThat(record.get("topic")).isEqualTo("replies");
                            assertThat(record.get("partition")).isEqualTo(3);
                            assertThat(record.get("key")).isEqualTo("order-1");
                            assertThat(record).containsKeys("ce_id", "content-type");
                        });
    }

    @Test
    void publishesWhatTakesThePlaceOfARecordUntilItIsTaken() throws Exception {
        publish(records.order(Records.headers()));
        refuse(new RecordTooLargeException("no"));
        time.advance(Duration.ofMillis(250));
        refuseAndWait();

        List<ProducerRecord<Object, Object>> sent = broker.history();
        assertThat(sent)
                .extracting(ProducerRecord::topic)
                .containsExactly("results", "errors", "errors");
        assertThat(whole(sent.get(2))).isEqualTo(whole(sent.get(1)));
        assertThat(whole(sent.get(2)).get("value")).asString().contains("outcome-too-large");
    }

    @Test
    void goesOnWhateverBecomesOfThePartition() throws Exception {
        Exchange exchange = records.order(Records.headers());
        publish(exchange);
        refuse(FAILURE);

        ComposeOutcome.lookup(exchange).cancel();
        time.advance(Duration.ofMillis(250));
        acknowledge();

        assertThat(over).singleElement().matches(PublishRouteTest::isAcknowledged);
    }

    @Test
    void dropsWhatWaitsWhenTheContextStops() throws Exception {
        publish(records.order(Records.headers()));
        refuse(FAILURE);

        context.stop();

        assertThat(broker.history()).hasSize(1);
        assertThat(over)
                .singleElement()
                .satisfies(exchange -> assertThat(exchange.getException()).isSameAs(FAILURE))
                .matches(AcknowledgeOutcome::isUnpublished);
        assertThat(counted).isEmpty();
    }

    @Test
    void doesNotPublishAgainWhatFailsWhileTheRouteStops() throws Exception {
        publish(records.order(Records.headers()));
        await.prepareShutdown(false, false);

        refuse(FAILURE);

        assertThat(over)
                .singleElement()
                .satisfies(exchange -> assertThat(exchange.getException()).isSameAs(FAILURE));
    }

    @Test
    void publishesAgainAfterTheRouteWasStoppedAndStarted() throws Exception {
        context.getRouteController().stopRoute("order-lookup-publish");
        context.getRouteController().startRoute("order-lookup-publish");
        publish(records.order(Records.headers()));

        refuseAndWait();
        acknowledge();

        assertThat(over).singleElement().matches(PublishRouteTest::isAcknowledged);
    }

    @Test
    void failsWhatCannotBeMadeReadyForTheNextAttempt() throws Exception {
        Exchange exchange = records.opened(Records.headers(), null);
        publish(exchange);

        refuse(FAILURE);
        time.advance(Duration.ofMillis(250));

        assertThat(over)
                .singleElement()
                .satisfies(
                        failed ->
                                assertThat(failed.getException())
                                        .isInstanceOf(NullPointerException.class));
    }

    @Test
    void publishesOnceThoughTheStepAfterItFails() throws Exception {
        Exchange exchange = records.order(Records.headers());
        publish(exchange);

        meterFailure = new IllegalStateException("a defect");
        acknowledge();

        assertThat(over).singleElement().matches(PublishRouteTest::isAcknowledged);
        assertThat(broker.history()).hasSize(1);
    }

    private void publish(Exchange exchange) throws Exception {
        context.getEndpoint("direct:order-lookup-publish")
                .createAsyncProducer()
                .process(exchange, doneSync -> over.add(exchange));
        time.advance(Duration.ZERO);
        assertThat(handledByTheHost).isEmpty();
    }

    private void acknowledge() {
        assertThat(broker.completeNext()).isTrue();
        time.advance(Duration.ZERO);
    }

    private void refuse(RuntimeException failure) {
        assertThat(broker.errorNext(failure)).isTrue();
        time.advance(Duration.ZERO);
    }

    private void refuseAndWait() {
        refuse(FAILURE);
        time.advance(Duration.ofSeconds(10));
    }

    private void resume(Runnable work) {
        resumed++;
        work.run();
    }

    private static boolean isAcknowledged(Exchange exchange) {
        return exchange.getException() == null && RecordDispatcher.isAcknowledged(exchange);
    }

    /** What of a record reaches the broker. */
    private static Map<String, Object> whole(ProducerRecord<Object, Object> record) {
        Map<String, Object> whole = new HashMap<>();
        whole.put("topic", record.topic());
        whole.put("partition", record.partition());
        whole.put("key", text((byte[]) record.key()));
        whole.put("value", text((byte[]) record.value()));
        record.headers().forEach(header -> whole.put(header.key(), text(header.value())));
        return whole;
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] partition(int number) {
        return new byte[] {0, 0, 0, (byte) number};
    }

    private Meters meters() {
        return new Meters() {
            @Override
            public void lookupEnded(Lookup ended) {
                if (meterFailure != null) {
                    throw meterFailure;
                }
                counted.add(ended);
            }

            @Override
            public void callEnded(int status, long nanos) {}
        };
    }

    private static MockProducer<Object, Object> producer() {
        Serializer<Object> bytes = (topic, data) -> (byte[]) data;
        return new MockProducer<>(false, bytes, bytes);
    }

    private final class Clients extends DefaultKafkaClientFactory {

        @Override
        public Producer<Object, Object> getProducer(Properties properties) {
            if (broker.closed()) {
                broker = producer();
            }
            return broker;
        }

        @Override
        public String getBrokers(KafkaConfiguration configuration) {
            return configuration.getBrokers();
        }
    }
}
