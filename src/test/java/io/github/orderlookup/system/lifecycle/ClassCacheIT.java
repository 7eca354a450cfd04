package io.github.orderlookup.system.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.simulator.cache.ClassCache;
import io.github.orderlookup.system.ClassArchive;
import io.github.orderlookup.system.JarProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The class cache that the documented command makes: used by the jar, and said when it is not. */
class ClassCacheIT {
    private static final int FEATURE = Runtime.version().feature();

    @TempDir private Path directory;

    @Test
    void isUsedByTheJarThatItWasMadeFor() throws IOException {
        Path cache = ClassArchive.made();

        assertThat(cache).as("see the output in %s", cache.getParent()).exists();
        assertThat(logOfAStart(cache))
                .filteredOn(line -> line.contains("class cache"))
                .singleElement()
                .asString()
                .contains("\"INFO\"", "The JVM uses the class cache " + cache);
    }

    @Test
    void isSaidAndNothingElseWhenItDoesNotFit() throws IOException {
        Path cache = Files.write(directory.resolve("order-lookup.cache"), new byte[10_000]);

        assertThat(logOfAStart(cache))
                .filteredOn(line -> line.contains("class cache"))
                .singleElement()
                .asString()
                .contains("\"WARN\"", "The JVM does not use the class cache " + cache);
    }

    @Test
    void isSaidWhenItIsMissing() throws IOException {
        assertThat(logOfAStart(directory.resolve("missing")))
                .filteredOn(line -> line.contains("class cache"))
                .singleElement()
                .asString()
                .contains("\"INFO\"", "There is no class cache");
    }

    /** A start that ends soon: its port is taken. The JVM prints nothing of its own. */
    private List<String> logOfAStart(Path cache) throws IOException {
        List<String> options = ClassCache.options(FEATURE, cache);
        try (ServerSocket taken =
                        new ServerSocket(FreePort.find(), 1, InetAddress.getLoopbackAddress());
                ChildProcess child =
                        JarProcess.of(JarProcess.JAR, directory)
                                .options(options.toArray(String[]::new))
                                .options("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                                .property("partner-center.tenant-id", Simulator.TENANT_ID)
                                .property("partner-center.client-id", Simulator.CLIENT_ID)
                                .property("partner-center.client-secret", "none")
                                .property("order-lookup.kafka.enabled", "false")
                                .property("order-lookup.rest.port", "" + taken.getLocalPort())
                                .start()) {
            assertThat(child.awaitExit()).isEqualTo(1);

            assertThat(child.stderr()).isEmpty();
            assertThat(child.stdout().lines()).allMatch(line -> line.startsWith("{"));
            return child.stdout().lines().toList();
        }
    }
}
