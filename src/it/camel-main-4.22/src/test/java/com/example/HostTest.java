package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.main.Main;
import org.apache.camel.support.PluginHelper;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A host on Camel 4.22, which names the headers of Kafka messages otherwise than 4.18 does. */
class HostTest {

    private static final String CUSTOMER = "3a1f0c52-7d8e-4f6b-9b21-5c0e8d7a4f13";
    private static final String BROKER = System.getProperty("broker");
    private static final String TOPICS = "today-" + UUID.randomUUID();
    private static final TopicPartition REQUESTS = new TopicPartition(TOPICS + ".requests", 0);
    private static final Path LOG = Path.of("target/host.log");

    private static Main main;
    private static CamelContext camel;
    private static ProducerTemplate template;
    private static Admin admin;

    @BeforeAll
    static void start() throws Exception {
        admin = Admin.create(Map.of("bootstrap.servers", BROKER));
        admin.createTopics(
                        List.of(
                                topic(TOPICS + ".requests"),
                                topic(TOPICS + ".results"),
                                topic(TOPICS + ".errors")))
                .all()
                .get();
        System.setProperty("topics", TOPICS);
        main = HostApplication.host();
        main.start();
        camel = main.getCamelContext();
        template = main.getCamelTemplate();
    }

    @AfterAll
    static void stop() {
        main.stop();
        admin.close();
    }

    @Test
    void runsOnTheVersionsThatItNames() {
        assertThat(camel.getVersion()).startsWith("4.22.");
        assertThat(KafkaConstants.KEY).isEqualTo("CamelKafkaKey");
        assertThat(AppInfoParser.getVersion()).isEqualTo(System.getProperty("kafka.version"));
    }

    @Test
    void answersARouteOfTheHost() {
        assertThat(ask("order--today")).isEqualTo("hello order--today");
    }

    @Test
    void givesTheHostTheProblem() {
        assertThat(ask("http-404-20000"))
                .contains("\"type\":\"urn:order-lookup:problem:order-not-found\"");
    }

    @Test
    void publishesTheOrderWithTheKeyOfTheRequest() {
        publish("found", "order--found", Map.of());

        ConsumerRecord<String, String> order = outcome(".results", "found");
        assertThat(order.value()).contains("\"id\":\"order--found\"");
        assertThat(text(order, "content-type")).isEqualTo("application/json");
        assertThat(text(order, "ce_id")).startsWith(REQUESTS + "-");
        assertThat(order.headers())
                .extracting(Header::key)
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("camel"))
                .noneMatch(name -> name.startsWith("kafka."));
    }

    @Test
    void publishesTheProblemOfAFailedLookup() {
        publish("failed", "http-404-20000", Map.of());

        ConsumerRecord<String, String> problem = outcome(".errors", "failed");
        assertThat(problem.value())
                .contains("\"type\":\"urn:order-lookup:problem:order-not-found\"")
                .contains("\"topic\":\"" + REQUESTS.topic() + "\"");
    }

    @Test
    void isNotSteeredByHeadersOfARecord() {
        publish(
                "steered",
                "order--steered",
                Map.of(
                        "CamelKafkaTopic", "elsewhere",
                        "CAMELKAFKAKEY", "another",
                        "CamelKafkaOverrideTopic", "elsewhere",
                        "kafka.OVERRIDE_TOPIC", "elsewhere",
                        "kafka.KEY", "another"));

        assertThat(outcome(".results", "steered").value()).contains("\"id\":\"order--steered\"");
    }

    @Test
    void commitsWhatItHasAnswered() throws Exception {
        publish("committed", "order--committed", Map.of());
        outcome(".results", "committed");

        long end = end();
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (committed() < end && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(committed()).isGreaterThanOrEqualTo(end);
    }

    @Test
    void warnsOfNothing() throws Exception {
        loadTheKamelet();
        publish("quiet", "order--quiet", Map.of());
        outcome(".results", "quiet");

        List<String> lines = Files.readAllLines(LOG, StandardCharsets.UTF_8);
        assertThat(lines).isNotEmpty();
        assertThat(lines)
                .filteredOn(line -> line.startsWith("WARN ") || line.startsWith("ERROR "))
                .as("\n" + lines.stream().collect(Collectors.joining("\n")))
                .isEmpty();
    }

    /** Of camel-kamelet there is no version 4.22: the template alone, without its endpoint. */
    private static void loadTheKamelet() throws Exception {
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(
                        PluginHelper.getResourceLoader(camel)
                                .resolveResource(
                                        "classpath:kamelets/order-lookup-action.kamelet.yaml"));
    }

    private static NewTopic topic(String name) {
        return new NewTopic(name, 1, (short) 1);
    }

    private static long end() throws Exception {
        return admin.listOffsets(Map.of(REQUESTS, OffsetSpec.latest()))
                .partitionResult(REQUESTS)
                .get()
                .offset();
    }

    private static long committed() throws Exception {
        OffsetAndMetadata offset =
                admin.listConsumerGroupOffsets(TOPICS)
                        .partitionsToOffsetAndMetadata()
                        .get()
                        .get(REQUESTS);
        return offset == null ? 0 : offset.offset();
    }

    private static void publish(String key, String orderId, Map<String, String> headers) {
        String request =
                "{\"customerId\": \"%s\", \"orderId\": \"%s\"}".formatted(CUSTOMER, orderId);
        var record = new ProducerRecord<>(REQUESTS.topic(), key, request);
        headers.forEach(
                (name, value) ->
                        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        try (var producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", BROKER),
                        new StringSerializer(),
                        new StringSerializer())) {
            producer.send(record);
        }
    }

    /** The outcome with this key. */
    private static ConsumerRecord<String, String> outcome(String topic, String key) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        TopicPartition partition = new TopicPartition(TOPICS + topic, 0);
        try (var consumer = consumer()) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (System.nanoTime() < deadline) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
                    if (key.equals(record.key())) {
                        return record;
                    }
                }
            }
        }
        throw new AssertionError("No outcome with the key " + key + " on " + partition);
    }

    private static KafkaConsumer<String, String> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", BROKER),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private static String text(ConsumerRecord<String, String> record, String header) {
        return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }

    private static String ask(String orderId) {
        return template.requestBodyAndHeaders(
                "direct:host-order",
                "",
                Map.of("customer", CUSTOMER, "order", orderId),
                String.class);
    }
}
