package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.Route;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.main.Main;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Kamelet between a Kafka source and a Kafka sink of the host. */
class HostTest {

    private static final String CUSTOMER = "3a1f0c52-7d8e-4f6b-9b21-5c0e8d7a4f13";
    private static final String BROKER = System.getProperty("broker");

    private static Main main;

    @BeforeAll
    static void start() throws Exception {
        main = HostApplication.host();
        main.start();
    }

    @AfterAll
    static void stop() {
        main.stop();
    }

    @Test
    void putsTheOrderOnTheSinkWithTheKeyOfTheRequest() {
        publish("key-1", "order--kamelet");

        ConsumerRecord<String, String> order = first("kamelet.sink");
        assertThat(order.value()).startsWith("{").contains("\"id\":\"order--kamelet\"");
        assertThat(order.key()).isEqualTo("key-1");
    }

    @Test
    void leavesAFailureToTheErrorHandlerOfThePipe() {
        publish("key-2", "http-404-20000");

        assertThat(first("kamelet.failures").value())
                .contains("\"type\":\"urn:order-lookup:problem:order-not-found\"");
    }

    @Test
    void startsNoEndpointOfItsOwn() {
        assertThat(main.getCamelContext().getRoutes())
                .extracting(Route::getRouteId)
                .contains("orders", "failures")
                .filteredOn(id -> id.startsWith("order-lookup-") && !id.contains("action"))
                .containsExactlyInAnyOrder(
                        "order-lookup-request", "order-lookup-attempt", "order-lookup-looks");
    }

    @Test
    void leavesTheKafkaComponentOfTheHost() {
        KafkaComponent hosts = main.getCamelContext().getComponent("kafka", KafkaComponent.class);

        assertThat(hosts.getKafkaClientFactory().getClass().getName())
                .startsWith("org.apache.camel.component.kafka.");
        assertThat(main.getCamelContext().hasComponent("order-lookup-kafka")).isNull();
    }

    private static void publish(String key, String orderId) {
        String request =
                "{\"customerId\": \"%s\", \"orderId\": \"%s\"}".formatted(CUSTOMER, orderId);
        try (var producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", BROKER),
                        new StringSerializer(),
                        new StringSerializer())) {
            producer.send(new ProducerRecord<>("kamelet.source", key, request));
        }
    }

    private static ConsumerRecord<String, String> first(String topic) {
        Map<String, Object> properties =
                Map.of(
                        "bootstrap.servers",
                        BROKER,
                        "group.id",
                        "test-" + topic,
                        "auto.offset.reset",
                        "earliest");
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        try (var consumer =
                new KafkaConsumer<>(
                        properties, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            while (System.nanoTime() < end) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
                    return record;
                }
            }
        }
        throw new AssertionError("Nothing on " + topic);
    }
}
