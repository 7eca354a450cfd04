package io.github.orderlookup.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.orderlookup.simulator.cache.ClassCache;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The systemd unit: directives that systemd knows, and the promises of the service kept. */
class SystemdUnitTest {
    private static final Path UNIT = Path.of("docs", "operations", "order-lookup.service");
    private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");

    @Test
    void givesTheServiceItsTimeAndRestartsNoneWithWrongSettings() throws IOException {
        Map<String, String> service = section("Service");

        assertThat(service)
                .containsEntry("SuccessExitStatus", "143")
                .containsEntry("RestartPreventExitStatus", "78")
                .containsEntry("DynamicUser", "yes")
                .containsEntry("NoNewPrivileges", "yes")
                .containsEntry("ProtectSystem", "strict");
        assertThat(Integer.parseInt(service.get("TimeoutStopSec"))).isGreaterThanOrEqualTo(30);
        assertThat(service.get("ExecStart")).endsWith("-jar /opt/order-lookup/order-lookup.jar");
    }

    @Test
    void usesTheClassCacheThatTheDocumentedCommandWrites() throws IOException {
        Path cache = Path.of("/opt/order-lookup/order-lookup.cache");
        String documented = Files.readString(Path.of("docs", "operations", "operating.md"));

        for (int feature : List.of(17, 25)) {
            assertThat(documented).contains(String.join(" ", ClassCache.options(feature, cache)));
        }
        assertThat(section("Service").get("ExecStart"))
                .contains(String.join(" ", ClassCache.options(17, cache)));
    }

    @Test
    void takesTheDocumentedCollector() throws IOException {
        String collector = "-XX:+UseParallelGC";

        assertThat(section("Service").get("ExecStart")).contains(" " + collector + " ");
        assertThat(Path.of("docs", "operations", "operating.md"))
                .content()
                .contains("`" + collector + "`");
    }

    @Test
    void isTakenBySystemd(@TempDir Path directory) throws Exception {
        assumeTrue(Files.isExecutable(ANALYZE), "there is no systemd-analyze");
        // Whether java lies in /usr/bin is up to the machine.
        Path unit = directory.resolve("order-lookup.service");
        Files.writeString(unit, Files.readString(UNIT).replace("/usr/bin/java", "/bin/true"));

        Process process =
                new ProcessBuilder(ANALYZE.toString(), "verify", "--man=no", unit.toString())
                        .redirectErrorStream(true)
                        .start();
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(printed.lines().filter(line -> line.contains("order-lookup.service"))).isEmpty();
    }

    @Test
    void namesSettingsThatThereAre() throws IOException {
        String documented = Files.readString(Path.of("application.properties"));
        List<String> named =
                Pattern.compile("(?:partner-center|PARTNER_CENTER)[._][a-zA-Z_-]+(?==)")
                        .matcher(Files.readString(UNIT))
                        .results()
                        .map(MatchResult::group)
                        .toList();

        assertThat(named)
                .hasSize(2)
                .allSatisfy(
                        name ->
                                assertThat(documented.replaceAll("[.-]", "_"))
                                        .containsIgnoringCase(
                                                "#" + name.replaceAll("[.-]", "_") + "="));
    }

    private static Map<String, String> section(String name) throws IOException {
        List<String> lines = Files.readAllLines(UNIT);
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : lines.subList(lines.indexOf("[" + name + "]") + 1, lines.size())) {
            if (line.startsWith("[")) {
                break;
            }
            String[] parts = line.split("=", 2);
            if (parts.length == 2 && !line.startsWith("#")) {
                values.put(parts[0], parts[1]);
            }
        }
        return values;
    }
}
