package io.github.orderlookup.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process has taken so far, as Linux accounts for it.
 *
 * @param cpuSeconds of all its threads, user and system
 * @param mebibytes the memory that it has resident now
 */
record Footprint(double cpuSeconds, double mebibytes) {

    static Footprint of(ProcessHandle process) throws IOException {
        Path directory = Path.of("/proc", Long.toString(process.pid()));
        double resident =
                Files.readAllLines(directory.resolve("status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                        .sum();
        return new Footprint(
                process.info().totalCpuDuration().orElseThrow().toMillis() / 1e3, resident / 1024);
    }
}
