package io.github.orderlookup.system.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.broker.Broker;
import io.github.orderlookup.broker.TopicClient;
import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.system.Asker;
import io.github.orderlookup.system.RestClient;
import io.github.orderlookup.system.RunningService;
import io.github.orderlookup.system.Scrape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** The packaged jar while there is no broker: before the first one came, and between two. */
class BrokerOutageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int REQUESTS = 100;

    @Test
    void answersOverRestMeanwhileAndLosesNothing() {
        int port = FreePort.find();
        RunningService.Builder options =
                RunningService.builder()
                        .withoutKafka()
                        .setting("order-lookup.kafka.enabled", "true")
                        .setting("camel.component.kafka.brokers", "127.0.0.1:" + port);
        try (RunningService service = options.start()) {
            RestClient rest = new RestClient(service);
            assertThat(rest.lookUp("order--alone").statusCode()).isEqualTo(200);
            assertThat(rest.isReady()).isFalse();
            assertThat(Scrape.of(service).value("order_lookup_kafka_lag")).isZero();

            try (Broker broker = Broker.start(port)) {
                broker.createTopic(service.topics().requests(), 2);
                broker.createTopic(service.topics().results(), 2);
                broker.createTopic(service.topics().errors(), 2);
                List<String> asked = new ArrayList<>(ask(broker, service, "first", 1));
                awaitOutcomes(broker, service, asked);
                await().atMost(PATIENCE).until(rest::isReady);

                service.simulator().latency(Duration.ofMillis(300));
                asked.addAll(ask(broker, service, "second", REQUESTS));
                await().atMost(PATIENCE).until(() -> service.simulator().inFlight() > 0);
                broker.stop();
                assertThat(rest.lookUp("order--between").statusCode()).isEqualTo(200);
                await().atMost(PATIENCE).until(() -> !rest.isReady());
                broker.restart();

                awaitOutcomes(broker, service, asked);
                await().atMost(PATIENCE).until(rest::isReady);
                assertThat(service.process().terminate()).isEqualTo(143);
            }
        }
    }

    /** Asks for orders, each once, and returns their ids. */
    private static List<String> ask(Broker broker, RunningService service, String name, int count) {
        List<String> ids =
                IntStream.range(0, count).mapToObj(i -> "order--" + name + "-" + i).toList();
        try (TopicClient client = new TopicClient(broker.bootstrapServers())) {
            client.sendAll(ids.stream().map(id -> request(service, id)).toList());
        }
        return ids;
    }

    private static ProducerRecord<byte[], byte[]> request(RunningService service, String id) {
        return new ProducerRecord<>(
                service.topics().requests(), Asker.bytes(id), Asker.bytes(Asker.request(id)));
    }

    private static void awaitOutcomes(Broker broker, RunningService service, List<String> ids) {
        try (TopicClient client = new TopicClient(broker.bootstrapServers())) {
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(found(client, service.topics().results()))
                                            .containsAll(ids));
            assertThat(client.readAll(service.topics().errors())).isEmpty();
        }
    }

    private static Set<String> found(TopicClient client, String results) {
        return client.readAll(results).stream()
                .map(record -> new String(record.key()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
