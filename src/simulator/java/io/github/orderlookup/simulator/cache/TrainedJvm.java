package io.github.orderlookup.simulator.cache;

import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.process.JavaCommand;
import java.nio.file.Path;
import java.util.List;

/**
 * How the service will be started: a cache fits one build of a JVM and one class path.
 *
 * @param java starts the JVM: its path, or a command that ends with it
 * @param program the options that name class path and main class
 * @param feature version of the JDK, such as 17
 * @param directory the working directory; what the JVM prints goes there
 * @param files a directory that the JVM writes to
 * @param seen the same directory under the name that the JVM knows it by
 */
public record TrainedJvm(
        List<String> java,
        List<String> program,
        int feature,
        Path directory,
        Path files,
        Path seen) {

    /** Starts with this JDK the jar at this place, which it is to be started by later. */
    public static TrainedJvm ofJar(Path jar, Path directory) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return ofJar(java, Runtime.version().feature(), jar, directory);
    }

    /** Starts with another JDK the jar at this place. */
    public static TrainedJvm ofJar(Path java, int feature, Path jar, Path directory) {
        Path files = directory.toAbsolutePath();
        return new TrainedJvm(
                List.of(java.toString()),
                List.of("-jar", jar.toAbsolutePath().normalize().toString()),
                feature,
                directory,
                files,
                files);
    }

    /** Whether it has the AOT cache of JEP 483 and 515. */
    boolean cachesAheadOfTime() {
        return feature >= 25;
    }

    ChildProcess start(String name, List<String> options) {
        return JavaCommand.of(name, java, program)
                .directory(directory)
                .options(options.toArray(String[]::new))
                .start();
    }
}
