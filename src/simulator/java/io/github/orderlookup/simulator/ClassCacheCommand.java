package io.github.orderlookup.simulator;

import io.github.orderlookup.simulator.cache.ClassCache;
import io.github.orderlookup.simulator.cache.TrainedJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Makes the class cache of a jar for the JDK that runs this, and says how it is used. */
final class ClassCacheCommand {

    private ClassCacheCommand() {}

    static void run(Path jar) throws IOException {
        Path place = jar.toAbsolutePath().normalize();
        if (!Files.isRegularFile(place)) {
            System.err.println("There is no " + place);
            System.exit(1);
        }
        Path cache = place.resolveSibling("order-lookup.cache");
        Path directory = Files.createTempDirectory("order-lookup-cache-");
        System.out.println("The service runs once against the simulator; this takes a minute.");
        ClassCache.make(TrainedJvm.ofJar(place, directory), cache);
        delete(directory);
        System.out.printf(
                "%s: %d MiB, for this JDK and this place of the jar. Start it with:%n  java %s -jar %s%n",
                cache,
                Files.size(cache) >> 20,
                String.join(" ", ClassCache.options(Runtime.version().feature(), cache)),
                place);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(ClassCacheCommand::deleteOne);
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
