package io.github.orderlookup.bench.system;

import io.github.orderlookup.process.JavaCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * What every system that is measured runs on, ours and the peers alike.
 *
 * @param home directory of the JDK
 * @param version of the JDK in full
 * @param cpus numbers of the only CPUs that a system may use, as {@code taskset -c} takes them;
 *     empty: all
 * @param options of the JVM, beside {@code -Xmx1g}
 */
public record SystemJvm(Path home, Runtime.Version version, String cpus, List<String> options) {

    public static SystemJvm of(Path home, String cpus, List<String> options) {
        Properties release = new Properties();
        try (InputStream in = Files.newInputStream(home.resolve("release"))) {
            release.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("Not the home directory of a JDK: " + home, e);
        }
        String version = release.getProperty("JAVA_RUNTIME_VERSION", "").replace("\"", "");
        return new SystemJvm(home, Runtime.Version.parse(version), cpus, options);
    }

    public int feature() {
        return version.feature();
    }

    /** For people: {@code JDK 25}. */
    public String title() {
        return "JDK " + feature();
    }

    public Path java() {
        return home.resolve("bin").resolve("java");
    }

    /** Has the system run on this. */
    public JavaCommand applyTo(JavaCommand command) {
        List<String> launcher = new ArrayList<>();
        if (!cpus.isEmpty()) {
            launcher.addAll(List.of("taskset", "-c", cpus));
        }
        launcher.add(java().toString());
        return command.launcher(launcher).options("-Xmx1g").options(options.toArray(String[]::new));
    }
}
