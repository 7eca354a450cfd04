package io.github.orderlookup.system;

import io.github.orderlookup.process.JavaCommand;
import java.nio.file.Files;
import java.nio.file.Path;

/** The application as users run it: {@code java -jar target/order-lookup.jar}. */
public final class JarProcess {
    /** The packaged jar of this build. */
    public static final Path JAR = Path.of("target", "order-lookup.jar");

    private JarProcess() {}

    /** A command that runs the packaged jar in a working directory, quickly if it can be. */
    public static JavaCommand in(Path directory) {
        return of(JAR, directory).options(ClassArchive.options().toArray(String[]::new));
    }

    /** A command that runs a jar, with its lib beside it, in a working directory. */
    public static JavaCommand of(Path jar, Path directory) {
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar.toAbsolutePath() + " is missing: run mvn package");
        }
        return JavaCommand.ofJar("order-lookup", jar).directory(directory);
    }
}
