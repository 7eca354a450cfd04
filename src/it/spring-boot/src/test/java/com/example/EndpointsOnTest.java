package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;

/** Both endpoints on: Kafka beside the consumers of the host, REST on the host's web server. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"order-lookup.kafka.enabled=true", "order-lookup.rest.enabled=true"})
@AutoConfigureObservability
class EndpointsOnTest {

    private static final String CUSTOMER = "3a1f0c52-7d8e-4f6b-9b21-5c0e8d7a4f13";
    private static final String PATH = "/v1/customers/" + CUSTOMER + "/orders/";

    @Autowired private CamelContext camel;
    @Autowired private TestRestTemplate http;

    @Value("${broker}")
    private String broker;

    @Test
    void answersOverRestOnTheServerOfTheHost() {
        ResponseEntity<String> found = ask("order--rest", "key-of-the-host");

        assertThat(found.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(found.getBody()).contains("\"id\":\"order--rest\"");
        assertThat(found.getHeaders().getFirst("Cache-Control")).contains("no-store");
        assertThat(http.getForObject("/host/page", String.class)).isEqualTo("page of the host");
    }

    @Test
    void answersProblemsOverRest() {
        ResponseEntity<String> missing = ask("http-404-20000", "key-of-the-host");

        assertThat(missing.getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(missing.getHeaders().getContentType()).hasToString("application/problem+json");
        assertThat(missing.getBody()).contains("urn:order-lookup:problem:order-not-found");
    }

    @Test
    void asksForTheKey() {
        assertThat(ask("order--rest", "wrong").getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
    }

    @Test
    void answersOverKafka() {
        publish(
                "spring.requests",
                "{\"customerId\": \"" + CUSTOMER + "\", \"orderId\": \"order--kafka\"}");
        publish("spring.requests", "no request");

        assertThat(first("spring.results").value()).contains("\"id\":\"order--kafka\"");
        assertThat(first("spring.errors").value())
                .contains("urn:order-lookup:problem:invalid-request");
    }

    @Test
    void leavesTheKafkaComponentOfTheHost() {
        var hosts =
                camel.getComponent("kafka", org.apache.camel.component.kafka.KafkaComponent.class);

        assertThat(hosts.getConfiguration().getBrokers()).isEqualTo(broker);
        assertThat(hosts.getKafkaClientFactory().getClass().getName())
                .startsWith("org.apache.camel.component.kafka.");
        assertThat(hosts.getConfiguration().getGroupId()).isNull();
    }

    @Test
    void isReadyInTheActuatorOnceTheBrokerIsConnected() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(readiness()).isEqualTo(HttpStatus.OK));
    }

    private HttpStatusCode readiness() {
        return http.getForEntity("/actuator/health/readiness", String.class).getStatusCode();
    }

    private ResponseEntity<String> ask(String orderId, String key) {
        HttpHeaders headers = new HttpHeaders();
        headers.set("X-API-Key", key);
        return http.exchange(
                PATH + orderId, HttpMethod.GET, new HttpEntity<>(headers), String.class);
    }

    private void publish(String topic, String value) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", broker);
        try (var producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value));
        }
    }

    private ConsumerRecord<String, String> first(String topic) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", broker);
        properties.put("group.id", "test-" + topic);
        properties.put("auto.offset.reset", "earliest");
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
