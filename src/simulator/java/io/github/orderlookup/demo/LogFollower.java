package io.github.orderlookup.demo;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads a log while it is being written and passes its warnings and errors on, the first line of
 * each. Runs until its JVM ends.
 */
final class LogFollower {
    private static final Pattern WARNING = Pattern.compile("\\d{4}-\\S+ \\S+ (WARN|ERROR) .*");
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Path log;
    private final Consumer<String> warnings;

    LogFollower(Path log, Consumer<String> warnings) {
        this.log = log;
        this.warnings = warnings;
    }

    static boolean isWarning(String line) {
        return WARNING.matcher(line).matches();
    }

    void start() {
        Thread thread = new Thread(this::follow, "log-follower");
        thread.setDaemon(true);
        thread.start();
    }

    private void follow() {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            while (true) {
                passOn(file);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Passes on every line that is complete. */
    private void passOn(RandomAccessFile file) throws IOException {
        byte[] fresh = new byte[(int) Math.min(1 << 20, file.length() - file.getFilePointer())];
        long start = file.getFilePointer();
        file.readFully(fresh);
        String text = new String(fresh, StandardCharsets.ISO_8859_1);
        int end = text.lastIndexOf('\n') + 1;
        file.seek(start + end);
        new String(fresh, 0, end, StandardCharsets.UTF_8)
                .lines()
                .filter(LogFollower::isWarning)
                .forEach(warnings);
    }
}
