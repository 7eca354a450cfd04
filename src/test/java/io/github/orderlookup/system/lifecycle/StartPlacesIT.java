package io.github.orderlookup.system.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.process.JavaCommand;
import io.github.orderlookup.system.Scrape;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code java -jar}, as the README says, from wherever the jar and its libraries lie: the same
 * routes, and the same series, which are those that are described.
 */
class StartPlacesIT {

    private static final Path OPERATIONS = Path.of("docs", "operations");

    private static Path places;

    @BeforeAll
    static void makePlaces() throws IOException {
        Path starts = Files.createDirectories(Path.of("target", "starts"));
        places = Files.createTempDirectory(starts, "places-").toAbsolutePath();
    }

    @ParameterizedTest
    @CsvSource({
        "one, order-lookup.jar, false",
        "another, service.jar, false",
        "with blank, order lookup.jar, false",
        "a+b%20c, order-lookup.jar, false",
        "at! last, order-lookup.jar, false",
        "m\u00fcnchen, order-lookup.jar, false",
        "linked, order-lookup.jar, true",
    })
    void measuresWhatIsDescribedWhereverTheJarLies(String directory, String jar, boolean linked)
            throws IOException {
        Assumptions.assumeTrue(
                Charset.forName(System.getProperty("sun.jnu.encoding"))
                        .newEncoder()
                        .canEncode(directory));
        Path place = Files.createDirectories(places.resolve(directory));
        Path target = Path.of("target").toAbsolutePath();
        Files.createSymbolicLink(place.resolve("lib"), target.resolve("lib"));
        if (linked) {
            Files.createSymbolicLink(place.resolve(jar), target.resolve("order-lookup.jar"));
        } else {
            Files.createLink(place.resolve(jar), target.resolve("order-lookup.jar"));
        }
        URI management = URI.create("http://127.0.0.1:" + FreePort.find());

        try (ChildProcess child = start(place, jar, management)) {
            child.awaitReady(management.resolve("/observe/health/ready"));
            Scrape scrape = Scrape.of(management);

            assertThat(scrape.names()).containsAll(described());
            assertThat(scrape.value("order_lookup_calls_in_flight_limit")).isEqualTo(256);
            assertThat(scrape.names()).containsAll(console());
        }
    }

    private static ChildProcess start(Path place, String jar, URI management) throws IOException {
        Files.writeString(place.resolve("client-secret"), "unused");
        Files.write(
                place.resolve("application.properties"),
                List.of(
                        "partner-center.tenant-id=contoso.onmicrosoft.com",
                        "partner-center.client-id=00000000-0000-0000-0000-000000000000",
                        "partner-center.client-secret-file=client-secret",
                        "order-lookup.kafka.enabled=false",
                        "order-lookup.rest.port=" + FreePort.find(),
                        "camel.management.port=" + management.getPort()));
        return JavaCommand.ofJar("order-lookup", place.resolve(jar))
                .directory(place)
                .options("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                .start();
    }

    /** What the page on metrics lists, but for Kafka, which is off here. */
    private static Set<String> described() throws IOException {
        Set<String> exposed = new TreeSet<>();
        String page = Files.readString(OPERATIONS.resolve("observability.md"));
        Pattern.compile("(?m)^\\| `(order_lookup_\\w+)` \\|([^|]*)\\|")
                .matcher(page)
                .results()
                .filter(row -> !row.group(1).contains("kafka"))
                .map(row -> row.group(2).contains("`le`") ? row.group(1) + "_bucket" : row.group(1))
                .forEach(exposed::add);
        return exposed;
    }

    /** What the console asks for. */
    private static Set<String> console() throws IOException {
        try (var script =
                StartPlacesIT.class.getResourceAsStream("/order-lookup/console/live.js")) {
            String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            Set<String> names =
                    Pattern.compile("value\\('([a-z.]+)'\\)")
                            .matcher(text)
                            .results()
                            .map(StartPlacesIT::series)
                            .filter(name -> !name.contains("kafka"))
                            .collect(Collectors.toCollection(TreeSet::new));
            assertThat(names).hasSizeGreaterThan(5);
            return names;
        }
    }

    private static String series(MatchResult found) {
        String name = "order_lookup_" + found.group(1).replace('.', '_');
        return name.endsWith("validity") ? name + "_seconds" : name;
    }
}
