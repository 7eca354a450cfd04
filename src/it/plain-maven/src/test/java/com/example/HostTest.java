package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.order.Order;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What Maven resolves for a host that chooses no version is what order-lookup is tested with. */
class HostTest {

    private static final Pattern LIBRARY = Pattern.compile("(.+?)-(\\d.*)\\.jar");

    @Test
    void resolvesTheLibrariesOfTheService() throws IOException {
        Map<String, String> service = versions(libraries());
        Map<String, String> host = versions(classPath());

        host.keySet().retainAll(service.keySet());

        assertThat(host)
                .containsKeys(
                        "slf4j-api",
                        "kafka-clients",
                        "httpclient5",
                        "jackson-databind",
                        "camel-kafka",
                        "msal4j")
                .allSatisfy(
                        (library, version) ->
                                assertThat(version).as(library).isEqualTo(service.get(library)));
    }

    @Test
    void logs() {
        assertThat(LoggerFactory.getILoggerFactory().getClass().getName())
                .startsWith("org.apache.logging.slf4j.");
    }

    @Test
    void looksAnOrderUp() throws Exception {
        Main main = new Main();
        main.start();
        try {
            Map<String, String> request =
                    Map.of(
                            "customerId", "3a1f0c52-7d8e-4f6b-9b21-5c0e8d7a4f13",
                            "orderId", "order--plain");
            Order order =
                    main.getCamelTemplate()
                            .requestBody("direct:order-lookup", request, Order.class);
            assertThat(order.id()).contains("order--plain");
        } finally {
            main.stop();
        }
    }

    private static Stream<String> libraries() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("libraries")))) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    private static Stream<String> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).getFileName().toString());
    }

    private static Map<String, String> versions(Stream<String> files) {
        Map<String, String> versions = new TreeMap<>();
        files.map(LIBRARY::matcher)
                .filter(Matcher::matches)
                .forEach(file -> versions.put(file.group(1), file.group(2)));
        return versions;
    }
}
