package io.github.orderlookup.simulator.cache;

import io.github.orderlookup.broker.Broker;
import io.github.orderlookup.broker.TopicClient;
import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.simulator.Simulator;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One run of the service from its start to its end in order, between a simulator and, where there
 * is one on the class path, a broker: it looks orders up over REST and over Kafka. Without a broker
 * its Kafka clients find nobody.
 */
final class Training implements AutoCloseable {

    /** Each part of the run may take long on a machine that does much else. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int BATCHES = 5;
    private static final int CONCURRENT = 16;
    private static final String CUSTOMER = "7d0c2a41-9f3e-4b58-8a66-1c5e90b7d2f3";
    private static final String[] TOPICS = {
        "order-lookup.requests", "order-lookup.results", "order-lookup.errors"
    };

    private final TrainedJvm jvm;
    private final @Nullable Broker broker = isBrokerThere() ? Broker.start() : null;
    private final Simulator simulator = Simulator.builder().anyOrder().start();
    private final int rest = FreePort.find();
    private final int management = FreePort.find();

    private Training(TrainedJvm jvm) {
        this.jvm = jvm;
    }

    /** Runs the service with these options of its JVM. */
    static void run(TrainedJvm jvm, List<String> options) throws IOException {
        try (Training training = new Training(jvm)) {
            training.run(options);
        }
    }

    private static boolean isBrokerThere() {
        return ClassLoader.getSystemResource("kafka/server/KafkaRaftServer.class") != null;
    }

    private void run(List<String> options) throws IOException {
        if (broker != null) {
            List.of(TOPICS).forEach(topic -> broker.createTopic(topic, 2));
        }
        writeSettings();
        try (ChildProcess service = jvm.start("training", withTrust(options))) {
            String health = broker == null ? "live" : "ready";
            service.awaitReady(uri(management, "/observe/health/" + health), PATIENCE);
            askOverRest();
            if (broker != null) {
                askOverKafka(broker);
            }
            end(service);
        }
    }

    private void writeSettings() throws IOException {
        Properties settings = new Properties();
        settings.putAll(
                Map.of(
                        "partner-center.api-url", simulator.apiUrl().toString(),
                        "partner-center.login-url", simulator.loginUrl().toString(),
                        "partner-center.tenant-id", Simulator.TENANT_ID,
                        "partner-center.client-id", Simulator.CLIENT_ID,
                        "partner-center.client-secret", Simulator.CLIENT_SECRET,
                        "partner-center.requests-per-minute", "0",
                        "order-lookup.rest.port", Integer.toString(rest),
                        "camel.management.port", Integer.toString(management),
                        "camel.component.kafka.brokers", brokers()));
        Files.createDirectories(jvm.directory());
        try (Writer writer =
                Files.newBufferedWriter(jvm.directory().resolve("application.properties"))) {
            settings.store(writer, null);
        }
    }

    private String brokers() {
        return broker == null ? "127.0.0.1:" + FreePort.find() : broker.bootstrapServers();
    }

    private List<String> withTrust(List<String> options) throws IOException {
        Files.copy(
                Simulator.trustStore(),
                jvm.files().resolve("trust"),
                StandardCopyOption.REPLACE_EXISTING);
        List<String> all = new ArrayList<>(options);
        all.add("-Djavax.net.ssl.trustStore=" + jvm.seen().resolve("trust"));
        all.add("-Djavax.net.ssl.trustStorePassword=changeit");
        return all;
    }

    /** Some at once, as callers do; one call is tried again, and one id is none. */
    private void askOverRest() {
        HttpClient client = HttpClient.newHttpClient();
        for (int batch = 0; batch < BATCHES; batch++) {
            List<CompletableFuture<?>> answers = new ArrayList<>();
            for (int i = 0; i < CONCURRENT; i++) {
                answers.add(ask(client, "training-" + batch + "-" + i));
            }
            answers.forEach(CompletableFuture::join);
        }
        ask(client, "http-503-once--training").join();
        ask(client, "~").join();
        client.sendAsync(get(uri(management, "/observe/metrics")), BodyHandlers.discarding())
                .join();
    }

    private CompletableFuture<?> ask(HttpClient client, String order) {
        String path = "/v1/customers/" + CUSTOMER + "/orders/" + order;
        return client.sendAsync(get(uri(rest, path)), BodyHandlers.discarding());
    }

    private static HttpRequest get(URI uri) {
        return HttpRequest.newBuilder(uri).build();
    }

    private static void askOverKafka(Broker broker) {
        int count = BATCHES * CONCURRENT;
        try (TopicClient client = new TopicClient(broker.bootstrapServers())) {
            client.sendAll(IntStream.range(0, count).mapToObj(Training::request).toList());
            client.await(TOPICS[1], count, outcome -> true, PATIENCE);
        }
    }

    private static ProducerRecord<byte[], byte[]> request(int number) {
        String request =
                "{\"customerId\":\"%s\",\"orderId\":\"training-%d\"}".formatted(CUSTOMER, number);
        return new ProducerRecord<>(TOPICS[0], request.getBytes(StandardCharsets.UTF_8));
    }

    /** Ends the JVM in order, which may be a child of the process that was started. */
    private static void end(ChildProcess service) {
        List<ProcessHandle> inside =
                ProcessHandle.of(service.pid()).stream()
                        .flatMap(ProcessHandle::descendants)
                        .toList();
        if (inside.isEmpty()) {
            service.terminate();
        } else {
            inside.forEach(ProcessHandle::destroy);
            service.awaitExit();
        }
    }

    private static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Override
    public void close() {
        simulator.close();
        if (broker != null) {
            broker.close();
        }
    }
}
