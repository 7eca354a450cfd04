package io.github.orderlookup.bench.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the measurements were made on, without what names or locates the machine. */
final class Machine {

    private Machine() {}

    static String description() throws IOException {
        return "%d cores (%s), %s GiB of memory, %s, JDK %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        line("/proc/cpuinfo", "model name"),
                        gibibytes(line("/proc/meminfo", "MemTotal")),
                        line("/etc/os-release", "PRETTY_NAME").replace("\"", ""),
                        Runtime.version());
    }

    /** What was measured: the commit of the working directory, and whether it was changed since. */
    static String commit() throws IOException {
        Process git =
                new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=12").start();
        String printed = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return printed.isBlank() ? "unknown" : printed.strip();
    }

    private static String gibibytes(String kibibytes) {
        String digits = kibibytes.replaceAll("\\D", "");
        return digits.isEmpty()
                ? "?"
                : Long.toString(Math.round(Long.parseLong(digits) / 1048576.0));
    }

    /** What stands after the name and a colon or an equals sign. */
    private static String line(String file, String name) throws IOException {
        Path path = Path.of(file);
        if (!Files.exists(path)) {
            return "?";
        }
        try (Stream<String> lines = Files.lines(path)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.replaceFirst("^[^:=]*[:=]\\s*", ""))
                    .findFirst()
                    .orElse("?");
        }
    }
}
