package io.github.orderlookup.system;

import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.process.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The classes of the packaged jar as a class-data sharing archive, with which a JVM starts with
 * about two thirds of the work. It belongs to one jar and one JDK: without one, or with another
 * one, a JVM starts as ever. Thread-safe.
 */
public final class ClassArchive {
    private static final Path DIRECTORY = Path.of("target", "class-archive").toAbsolutePath();
    private static final Path FILE = DIRECTORY.resolve(Runtime.version() + ".jsa");

    /**
     * What such a line names is left out: JDK 17 may crash when it dumps lambdas of jars like ours.
     */
    private static final String LAMBDA_PROXY = "@lambda-proxy";

    /** A dump takes seconds of pure work: long on a machine that does much else. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static boolean tried;

    private ClassArchive() {}

    /**
     * Makes the archive, unless it is there, or another JVM is making it, or this JDK cannot. Each
     * JVM tries it once.
     *
     * @param training runs the jar once with the option of the JVM that it is given, and ends it in
     *     order
     */
    public static synchronized void make(Consumer<String> training) {
        if (tried) {
            return;
        }
        tried = true;
        try {
            Files.createDirectories(DIRECTORY);
            try (FileChannel channel =
                            FileChannel.open(
                                    DIRECTORY.resolve("lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                if (lock != null && !isThere()) {
                    dump(training);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void dump(Consumer<String> training) throws IOException {
        Path classes = DIRECTORY.resolve("classes");
        Path archive = DIRECTORY.resolve("fresh");
        Files.deleteIfExists(archive);
        training.accept("-XX:DumpLoadedClassList=" + classes);
        Files.write(
                classes,
                Files.readAllLines(classes).stream()
                        .filter(line -> !line.startsWith(LAMBDA_PROXY))
                        .toList());
        JavaCommand command =
                JavaCommand.ofJar("dump", JarProcess.JAR)
                        .directory(DIRECTORY)
                        .options("-Xshare:dump", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                        .options("-XX:SharedClassListFile=" + classes)
                        .options("-XX:SharedArchiveFile=" + archive);
        try (ChildProcess dump = command.start()) {
            if (dump.awaitExit(PATIENCE) == 0 && Files.exists(archive)) {
                Files.move(archive, FILE, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** The options that a JVM finds the archive by; none while there is no archive. */
    static List<String> options() {
        try {
            return isThere()
                    ? List.of("-XX:SharedArchiveFile=" + FILE, "-Xlog:cds*=off")
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether there is an archive that was made from the jar as it is now. */
    private static boolean isThere() throws IOException {
        return Files.exists(FILE)
                && Files.getLastModifiedTime(FILE)
                                .compareTo(Files.getLastModifiedTime(JarProcess.JAR))
                        > 0;
    }
}
