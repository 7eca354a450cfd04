package io.github.orderlookup.simulator.cache;

import io.github.orderlookup.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The class cache of a service: an archive of class data up to JDK 24, from JDK 25 on an AOT cache,
 * which also holds what the JVM learnt of the methods. Any of the collectors that know compressed
 * pointers can use it, whichever one it was made with.
 */
public final class ClassCache {

    /** A dump takes seconds of pure work: long on a machine that does much else. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /**
     * The archive of JDK 17 holds objects of the heap only when it is made with G1. The runtime of
     * the image takes another collector by itself, and the JVM refuses to be given two.
     */
    private static final List<String> COLLECTOR = List.of("-XX:-UseParallelGC", "-XX:+UseG1GC");

    private static final String RECORDED = "recorded";
    private static final String CACHE = "cache";
    private static final String LAMBDA = "@lambda-proxy";

    /** Before JDK 25 a cache holds classes alone: what the compiler learns is of no use. */
    private static final String QUICK_COMPILER = "-XX:TieredStopAtLevel=1";

    private final TrainedJvm jvm;

    private ClassCache(TrainedJvm jvm) {
        this.jvm = jvm;
    }

    /**
     * Makes the cache and moves it to its place.
     *
     * @throws IllegalStateException when the JVM makes none, with what it printed
     */
    public static void make(TrainedJvm jvm, Path target) throws IOException {
        new ClassCache(jvm).make(target);
    }

    /** The options by which a JVM uses a cache, and says nothing when it does not fit. */
    public static List<String> options(int feature, Path cache) {
        return feature >= 25
                ? List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=off")
                : List.of("-XX:SharedArchiveFile=" + cache, "-Xlog:cds*=off");
    }

    private void make(Path target) throws IOException {
        Files.createDirectories(jvm.files());
        Training.run(jvm, with(COLLECTOR, record()));
        if (!jvm.cachesAheadOfTime()) {
            keep(ClassCache::isKept);
        }
        if (!isDumped()) {
            throw new IllegalStateException("The JVM made no cache; see " + jvm.directory());
        }
        Files.move(
                jvm.files().resolve(CACHE),
                target.toAbsolutePath(),
                StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * JDK 17 leaves the classes of signed jars out, and crashes over lambdas that lead to them:
     * azure-json is signed, and MSAL4J builds upon it.
     */
    private static boolean isKept(String line) {
        return !line.startsWith(LAMBDA)
                || !(line.contains("com/azure/") || line.contains("com/microsoft/"));
    }

    private void keep(Predicate<String> wanted) throws IOException {
        Path recorded = jvm.files().resolve(RECORDED);
        Files.write(recorded, Files.readAllLines(recorded).stream().filter(wanted).toList());
    }

    private boolean isDumped() {
        try (ChildProcess dump = jvm.start("dump", with(COLLECTOR, dump()))) {
            return dump.awaitExit(PATIENCE) == 0 && Files.exists(jvm.files().resolve(CACHE));
        }
    }

    private List<String> record() {
        return jvm.cachesAheadOfTime()
                ? List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + seen(RECORDED))
                : List.of(QUICK_COMPILER, "-XX:DumpLoadedClassList=" + seen(RECORDED));
    }

    private List<String> dump() {
        return jvm.cachesAheadOfTime()
                ? List.of(
                        "-XX:AOTMode=create",
                        "-XX:AOTConfiguration=" + seen(RECORDED),
                        "-XX:AOTCache=" + seen(CACHE))
                : List.of(
                        QUICK_COMPILER,
                        "-Xshare:dump",
                        "-XX:SharedClassListFile=" + seen(RECORDED),
                        "-XX:SharedArchiveFile=" + seen(CACHE));
    }

    private String seen(String file) {
        return jvm.seen().resolve(file).toString();
    }

    private static List<String> with(List<String> some, List<String> others) {
        List<String> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }
}
