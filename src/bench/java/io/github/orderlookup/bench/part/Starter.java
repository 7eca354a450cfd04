package io.github.orderlookup.bench.part;

import io.github.orderlookup.bench.system.Contestant;
import io.github.orderlookup.bench.system.Stage;
import io.github.orderlookup.simulator.cache.ClassCache;
import io.github.orderlookup.simulator.cache.TrainedJvm;
import io.github.orderlookup.system.JarProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A system and how its JVM is started: ours without and with a class cache.
 *
 * @param options of the JVM, beside those that all systems have
 */
public record Starter(String title, Contestant contestant, List<String> options) {

    public Starter {
        options = List.copyOf(options);
    }

    /** The title of ours with a class cache. */
    public static String cached() {
        return Contestant.OURS.title() + ", class cache";
    }

    /** Those of all systems; makes the class cache. */
    static List<Starter> of(Parameters parameters, Stage stage) throws IOException {
        List<Starter> starters = new ArrayList<>();
        for (Contestant contestant : parameters.systems()) {
            if (contestant == Contestant.ONE_PARTITION) {
                continue;
            }
            starters.add(new Starter(contestant.title(), contestant, List.of()));
            if (contestant == Contestant.OURS) {
                starters.add(
                        new Starter(
                                cached(),
                                contestant,
                                ClassCache.options(stage.jvm().feature(), cache(stage))));
            }
        }
        return starters;
    }

    private static Path cache(Stage stage) throws IOException {
        int feature = stage.jvm().feature();
        Path directory = stage.directory().resolve("cache-" + feature).toAbsolutePath();
        Path cache = directory.resolve("order-lookup.cache");
        System.out.println("Making the class cache of JDK " + feature);
        ClassCache.make(
                TrainedJvm.ofJar(stage.jvm().java(), feature, JarProcess.JAR, directory), cache);
        return cache;
    }
}
