package io.github.orderlookup.image;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Starts the image of {@code mvn -Pimage package}: the application runs with what is in it, and
 * with its class cache where that fits.
 */
class ImageStartIT {
    private static final Path DIRECTORY = Path.of("target", "image-start");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String CACHE = "/opt/order-lookup/order-lookup.cache";

    private static UnpackedImage image;

    private final int rest = FreePort.find();
    private final int management = FreePort.find();

    @BeforeAll
    static void unpack() throws Exception {
        image = UnpackedImage.in(DIRECTORY);
    }

    @Test
    void looksOrdersUpUntilItIsAskedToEnd() throws Exception {
        try (Simulator simulator = Simulator.start();
                Service service = start("lookup", simulator, "")) {
            var answer = get(rest, "/v1/customers/" + CUSTOMER + "/orders/order--1");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(new ObjectMapper().readTree(answer.body()).path("id").asText())
                    .isEqualTo("order--1");

            assertThat(service.terminate(LIMIT)).isEqualTo(143);
            assertThat(service.printed())
                    .doesNotContain("\"level\":\"ERROR\"", "\"level\":\"WARN\"")
                    .doesNotContain(Simulator.CLIENT_SECRET);
        }
    }

    @Test
    void usesItsClassCache() throws Exception {
        assumeThatThereIsACache();
        try (Simulator simulator = Simulator.start();
                Service service = start("cache", simulator, "")) {
            assertThat(service.printed().lines())
                    .filteredOn(line -> line.contains("class cache"))
                    .singleElement()
                    .asString()
                    .contains("\"INFO\"", "The JVM uses the class cache " + CACHE);
        }
    }

    /** As where the heap is larger than 32 GB. */
    @Test
    void startsAllTheSameAndSaysSoWhereTheCacheDoesNotFit() throws Exception {
        assumeThatThereIsACache();
        try (Simulator simulator = Simulator.start();
                Service service = start("misfit", simulator, "-XX:-UseCompressedOops")) {
            assertThat(service.printed().lines())
                    .filteredOn(line -> line.contains("class cache"))
                    .singleElement()
                    .asString()
                    .contains("\"WARN\"", "The JVM does not use the class cache " + CACHE);
            assertThat(service.printed().lines())
                    .as("log of the JVM")
                    .noneMatch(line -> line.startsWith("["));
        }
    }

    /** The words for another one are those of the documentation. */
    @ParameterizedTest
    @CsvSource({"'', PS Eden Space", "-XX:-UseParallelGC -XX:+UseSerialGC, Eden Space"})
    void takesTheParallelCollectorUnlessAnotherOneIsNamed(String options, String space)
            throws Exception {
        String documented = Files.readString(Path.of("docs", "operations", "operating.md"));
        assertThat(documented).contains(options);
        try (Simulator simulator = Simulator.start();
                Service service = start(space.replace(" ", "-"), simulator, options)) {
            assertThat(get(management, "/observe/metrics").body())
                    .contains("area=\"heap\",id=\"" + space + "\"");
            assertThat(service.terminate(LIMIT)).isEqualTo(143);
        }
    }

    private static void assumeThatThereIsACache() {
        assumeThat(Boolean.getBoolean("image.cache.skip"))
                .as("made without a class cache")
                .isFalse();
    }

    /** Starts it with an option of the JVM, or "", and waits until it is ready. */
    private Service start(String name, Simulator simulator, String option) throws Exception {
        Path settings = Files.createDirectories(DIRECTORY.resolve(name));
        Files.copy(Simulator.trustStore(), settings.resolve("trust"));
        Files.writeString(settings.resolve("application.properties"), settings(simulator));
        ProcessBuilder builder = image.enter(settings, image.entryPoint());
        builder.environment().put("PARTNER_CENTER_CLIENT_SECRET", Simulator.CLIENT_SECRET);
        builder.environment().put("JDK_JAVA_OPTIONS", option + " " + UnpackedImage.TRUST);
        Service service = Service.start(builder, DIRECTORY.resolve(name + ".log"));
        service.await(LIMIT, () -> isOk(management, "/observe/health/ready"));
        return service;
    }

    private String settings(Simulator simulator) {
        return """
        partner-center.api-url=%s
        partner-center.login-url=%s
        partner-center.tenant-id=%s
        partner-center.client-id=%s
        order-lookup.kafka.enabled=false
        order-lookup.rest.port=%d
        camel.management.port=%d
        """
                .formatted(
                        simulator.apiUrl(),
                        simulator.loginUrl(),
                        Simulator.TENANT_ID,
                        Simulator.CLIENT_ID,
                        rest,
                        management);
    }

    private static boolean isOk(int port, String path) throws InterruptedException {
        try {
            return get(port, path).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static HttpResponse<String> get(int port, String path)
            throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + port + path);
        HttpRequest request = HttpRequest.newBuilder(address).timeout(LIMIT).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
