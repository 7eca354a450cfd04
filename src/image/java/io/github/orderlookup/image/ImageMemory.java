package io.github.orderlookup.image;

import io.github.orderlookup.broker.Broker;
import io.github.orderlookup.process.ProcessStats;
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
        long pid = run.pid();
        double ready = cpuSeconds(pid);
        Thread.sleep(REST.toMillis());
        double restMebibytes = ProcessStats.residentMebibytes(pid);
        double rest = cpuSeconds(pid);
        run.lookUp(LOOKUPS);
        double first = cpuSeconds(pid);
        run.lookUp(LOOKUPS);
        double second = cpuSeconds(pid);
        return "| %s | %.1f | %.0f | %.1f | %.1f | %.0f |"
                .formatted(
                        variant.isEmpty() ? "" : "`" + variant + "`",
                        ready,
                        restMebibytes,
                        first - rest,
                        second - first,
                        ProcessStats.residentMebibytes(pid));
    }

    private static double cpuSeconds(long pid) {
        return ProcessStats.of(pid).cpuSeconds();
    }
}
