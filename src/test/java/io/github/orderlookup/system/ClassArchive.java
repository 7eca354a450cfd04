package io.github.orderlookup.system;

import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.process.JavaCommand;
import io.github.orderlookup.simulator.cache.ClassCache;
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

/**
 * The class cache of the packaged jar, made as users make it, with which a JVM starts with about
 * half of the work. It belongs to one jar and one JDK: without one, or with another one, a JVM
 * starts as ever. Thread-safe.
 */
public final class ClassArchive {
    private static final Path SIMULATOR = Path.of("target", "order-lookup-simulator.jar");
    private static final Path MADE = Path.of("target", "order-lookup.cache");
    private static final Path DIRECTORY = Path.of("target", "class-archive").toAbsolutePath();
    private static final Path FILE = DIRECTORY.resolve(Runtime.version() + ".cache");

    /** The run and the dump take seconds of pure work: long on a machine that does much else. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static boolean tried;

    private ClassArchive() {}

    /**
     * Makes the cache, unless it is there, or another JVM is making it, or this JDK cannot. Each
     * JVM tries it once.
     */
    static synchronized void make() {
        if (!tried) {
            tried = true;
            locked(false);
        }
    }

    /** The cache, made if it is not there; waits for another JVM that is making it. */
    public static synchronized Path made() {
        tried = true;
        locked(true);
        return FILE;
    }

    private static void locked(boolean wait) {
        try {
            Files.createDirectories(DIRECTORY);
            try (FileChannel channel =
                            FileChannel.open(
                                    DIRECTORY.resolve("lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock lock = wait ? channel.lock() : channel.tryLock()) {
                if (lock != null && !isThere()) {
                    run();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run() throws IOException {
        JavaCommand command =
                JavaCommand.ofJar("class-cache", SIMULATOR)
                        .directory(DIRECTORY)
                        .options("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
                        .arguments("--class-cache", JarProcess.JAR.toAbsolutePath().toString());
        try (ChildProcess process = command.start()) {
            if (process.awaitExit(PATIENCE) == 0) {
                Files.move(MADE, FILE, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** The options that a JVM finds the cache by; none while there is no cache. */
    static List<String> options() {
        try {
            return isThere() ? ClassCache.options(Runtime.version().feature(), FILE) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether there is a cache that was made from the jar as it is now. */
    private static boolean isThere() throws IOException {
        return Files.exists(FILE)
                && Files.getLastModifiedTime(FILE)
                                .compareTo(Files.getLastModifiedTime(JarProcess.JAR))
                        > 0;
    }
}
