package io.github.orderlookup.image;

import io.github.orderlookup.broker.Broker;
import io.github.orderlookup.simulator.Simulator;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Measures what the image takes with other options of its JVM: the CPU of a start, the resident
 * memory at rest, and the CPU of lookups over Kafka. Kafka, REST and metrics are on. Prints a row
 * for each {@link JvmVariant} as soon as it is measured.
 */
final class ImageMemory {
    private static final Path DIRECTORY = Path.of("target", "image-memory");

    /** From ready to the measurement of the memory. */
    private static final Duration REST = Duration.ofSeconds(10);

    private static final int LOOKUPS = 10_000;
    private static final String HEAD =
            """
            | options | start, CPU s | at rest, MiB | 10,000 lookups, CPU s | 10,000 more, CPU s | after them, MiB |
            |---|---|---|---|---|---|""";

    private ImageMemory() {}

    /** Takes the variants in one argument, with a semicolon between them. */
    public static void main(String[] arguments) throws Exception {
        String[] variants = arguments[0].split(";", -1);
        UnpackedImage image = UnpackedImage.in(DIRECTORY);
        System.out.println(HEAD);
        try (Broker broker = Broker.start();
                Simulator simulator = Simulator.builder().anyOrder().start()) {
            for (int i = 0; i < variants.length; i++) {
                Path directory = DIRECTORY.resolve("run-" + i);
                JvmVariant variant = JvmVariant.of(variants[i]);
                try (MeasuredRun run =
                        MeasuredRun.start(image, variant, simulator, broker, directory)) {
                    System.out.println(row(variants[i], run));
                }
            }
        }
    }

    private static String row(String variant, MeasuredRun run) throws Exception {
        Footprint ready = run.footprint();
        Thread.sleep(REST.toMillis());
        Footprint rest = run.footprint();
        run.lookUp(LOOKUPS);
        Footprint first = run.footprint();
        run.lookUp(LOOKUPS);
        Footprint second = run.footprint();
        return "| %s | %.1f | %.0f | %.1f | %.1f | %.0f |"
                .formatted(
                        variant.isEmpty() ? "" : "`" + variant + "`",
                        ready.cpuSeconds(),
                        rest.mebibytes(),
                        first.cpuSeconds() - rest.cpuSeconds(),
                        second.cpuSeconds() - first.cpuSeconds(),
                        second.mebibytes());
    }
}
