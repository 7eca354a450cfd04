package io.github.orderlookup.process;

import java.nio.file.Files;
import java.nio.file.Path;

/** The application as users run it: {@code java -jar target/order-lookup.jar}. */
public final class JarProcess {
    private static final Path JAR = Path.of("target", "order-lookup.jar");

    private JarProcess() {}

    /** A command that runs the packaged jar in a working directory. */
    public static JavaCommand in(Path directory) {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException(JAR.toAbsolutePath() + " is missing: run mvn package");
        }
        return JavaCommand.ofJar("order-lookup", JAR).directory(directory);
    }
}
