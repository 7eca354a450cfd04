package io.github.orderlookup.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process has used since it started, as Linux accounts for it.
 *
 * @param cpuSeconds of all its threads, user and system
 * @param peakMebibytes the most memory that it had resident; NaN when it has ended and nobody has
 *     taken its exit code
 */
public record ProcessStats(double cpuSeconds, double peakMebibytes) {

    /** Linux' USER_HZ, which is 100 on every architecture that a JDK is made for. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TICKS = 11;

    /**
     * Reads what a process has used so far.
     *
     * @throws UncheckedIOException when there is no such process, or no longer
     */
    public static ProcessStats of(long pid) {
        try {
            Path process = Path.of("/proc", Long.toString(pid));
            return new ProcessStats(cpuSeconds(process), mebibytes(process, "VmHWM:"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a process, or of one thread of it. */
    private static double cpuSeconds(Path task) throws IOException {
        String stat = Files.readString(task.resolve("stat"));
        // The second field is the name in parentheses, which may itself hold blanks.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        double ticks =
                Double.parseDouble(fields[USER_TICKS]) + Double.parseDouble(fields[USER_TICKS + 1]);
        return ticks / TICKS_PER_SECOND;
    }

    /**
     * The CPU seconds that the JIT compilers of a JVM have used so far.
     *
     * @throws UncheckedIOException when there is no such process, or no longer
     */
    public static double compilerSeconds(long pid) {
        double seconds = 0;
        try (DirectoryStream<Path> threads =
                Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : threads) {
                seconds += compilerSeconds(thread);
            }
            return seconds;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of one thread; 0 when it is no compiler's, or has ended meanwhile. */
    private static double compilerSeconds(Path thread) {
        try {
            boolean compiles = Files.readString(thread.resolve("comm")).contains("Compiler");
            return compiles ? cpuSeconds(thread) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** CPU seconds per 1,000 lookups between then and now. */
    public double cpuPerThousandSince(ProcessStats then, int lookups) {
        return (cpuSeconds - then.cpuSeconds) * 1000 / lookups;
    }

    /**
     * The memory that a process has resident now, in MiB; NaN when it has ended and nobody has
     * taken its exit code.
     *
     * @throws UncheckedIOException when there is no such process, or no longer
     */
    public static double residentMebibytes(long pid) {
        try {
            return mebibytes(Path.of("/proc", Long.toString(pid)), "VmRSS:");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double mebibytes(Path process, String name) throws IOException {
        return Files.readAllLines(process.resolve("status")).stream()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(Double.NaN);
    }
}
