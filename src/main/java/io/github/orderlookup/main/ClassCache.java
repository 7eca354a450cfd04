package io.github.orderlookup.main;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;

/**
 * The class cache that this JVM was given: an archive of class data, or from JDK 25 on an AOT
 * cache. A JVM passes over one that does not fit, and starts as without.
 *
 * @param use whether the JVM has it mapped; UNKNOWN where the machine does not say
 */
record ClassCache(Path file, Use use) {

    enum Use {
        USED,
        MISSING,
        REFUSED,
        UNKNOWN
    }

    private static final Path MAPPINGS = Path.of("/proc/self/maps");

    private static final List<String> OPTIONS = List.of("-XX:SharedArchiveFile=", "-XX:AOTCache=");

    /** The cache that the options of a JVM name, if any: of several the last one. */
    static Optional<ClassCache> of(List<String> jvmOptions) {
        return of(jvmOptions, MAPPINGS);
    }

    static Optional<ClassCache> of(List<String> jvmOptions, Path mappings) {
        return jvmOptions.stream()
                .flatMap(ClassCache::file)
                .reduce((first, last) -> last)
                .map(file -> new ClassCache(file, use(file, mappings)));
    }

    /** Of an archive that stands on another one, the upper one. */
    private static Stream<Path> file(String option) {
        return OPTIONS.stream()
                .filter(option::startsWith)
                .map(name -> option.substring(name.length()))
                .map(value -> value.substring(value.lastIndexOf(File.pathSeparator) + 1))
                .filter(Predicate.not(String::isEmpty))
                .map(Path::of);
    }

    private static Use use(Path file, Path mappings) {
        if (!Files.exists(file)) {
            return Use.MISSING;
        }
        try (Stream<String> lines = Files.lines(mappings)) {
            String end = " " + file.toRealPath();
            return lines.anyMatch(line -> line.endsWith(end)) ? Use.USED : Use.REFUSED;
        } catch (IOException | RuntimeException e) {
            return Use.UNKNOWN;
        }
    }

    void log(Logger log) {
        switch (use) {
            case USED -> log.info("The JVM uses the class cache {}", file);
            case MISSING ->
                    log.info(
                            "There is no class cache {}: the start takes longer than with it",
                            file);
            case REFUSED ->
                    log.warn(
                            "The JVM does not use the class cache {}, which was made by another"
                                    + " JVM or for other jars: the start takes longer. Make it anew",
                            file);
            case UNKNOWN -> log.info("The JVM was given the class cache {}", file);
        }
    }
}
