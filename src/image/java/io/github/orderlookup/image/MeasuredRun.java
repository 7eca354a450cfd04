package io.github.orderlookup.image;

import io.github.orderlookup.broker.Broker;
import io.github.orderlookup.broker.TopicClient;
import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.simulator.SampleOrders;
import io.github.orderlookup.simulator.Simulator;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The service of an image, started on topics of its own, between a broker and a simulator. */
final class MeasuredRun implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int PARTITIONS = 8;

    private final Service service;
    private final TopicClient client;
    private final String requests;
    private final String results;
    private int sent;

    private MeasuredRun(Service service, TopicClient client, String requests, String results) {
        this.service = service;
        this.client = client;
        this.requests = requests;
        this.results = results;
    }

    /** Starts it and waits until it is ready. */
    static MeasuredRun start(
            UnpackedImage image,
            JvmVariant variant,
            Simulator simulator,
            Broker broker,
            Path directory)
            throws Exception {
        String name = directory.getFileName().toString();
        Stream.of("requests", "results", "errors")
                .forEach(topic -> broker.createTopic(name + "." + topic, PARTITIONS));
        int management = FreePort.find();
        Files.createDirectories(directory);
        Files.copy(Simulator.trustStore(), directory.resolve("trust"));
        Files.writeString(
                directory.resolve("application.properties"),
                settings(simulator, broker, name, management));
        ProcessBuilder builder = image.enter(directory, variant.applyTo(image.entryPoint()));
        builder.environment().putAll(variant.environment());
        builder.environment().put("JDK_JAVA_OPTIONS", UnpackedImage.TRUST);
        Service service = Service.start(builder, directory.resolveSibling(name + ".log"));
        service.await(PATIENCE, () -> isReady(management));
        TopicClient client = new TopicClient(broker.bootstrapServers());
        return new MeasuredRun(service, client, name + ".requests", name + ".results");
    }

    private static String settings(
            Simulator simulator, Broker broker, String name, int management) {
        return """
        partner-center.api-url=%s
        partner-center.login-url=%s
        partner-center.tenant-id=%s
        partner-center.client-id=%s
        partner-center.client-secret=%s
        partner-center.requests-per-minute=0
        camel.component.kafka.brokers=%s
        order-lookup.request-topic=%7$s.requests
        order-lookup.results-topic=%7$s.results
        order-lookup.errors-topic=%7$s.errors
        order-lookup.group-id=%7$s
        order-lookup.rest.port=%8$d
        camel.management.port=%9$d
        """
                .formatted(
                        simulator.apiUrl(),
                        simulator.loginUrl(),
                        Simulator.TENANT_ID,
                        Simulator.CLIENT_ID,
                        Simulator.CLIENT_SECRET,
                        broker.bootstrapServers(),
                        name,
                        FreePort.find(),
                        management);
    }

    private static boolean isReady(int management) {
        try {
            URI ready = URI.create("http://127.0.0.1:" + management + "/observe/health/ready");
            var connection = (HttpURLConnection) ready.toURL().openConnection();
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Sends requests over Kafka and waits for their Orders. */
    void lookUp(int count) {
        client.sendAll(IntStream.range(sent, sent + count).mapToObj(this::request).toList());
        sent += count;
        client.await(results, sent, outcome -> true, PATIENCE);
    }

    private ProducerRecord<byte[], byte[]> request(int number) {
        String request =
                "{\"customerId\":\"%s\",\"orderId\":\"order--%d\"}"
                        .formatted(SampleOrders.CUSTOMER, number);
        return new ProducerRecord<>(requests, request.getBytes(StandardCharsets.UTF_8));
    }

    /** Of the JVM, which is the innermost of the processes. */
    long pid() {
        return service.process().descendants().reduce((outer, inner) -> inner).orElseThrow().pid();
    }

    @Override
    public void close() {
        client.close();
        service.close();
    }
}
