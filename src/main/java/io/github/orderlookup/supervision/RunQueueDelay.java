package io.github.orderlookup.supervision;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How long the threads of this process have waited for a processor though they were ready to run,
 * as the scheduler of Linux counts it in {@code /proc/self/task/N/schedstat}. Zero where nothing
 * says so. Not thread-safe.
 */
final class RunQueueDelay {

    private static final File TASKS = new File("/proc/self/task");

    /** A line of the file: three numbers. */
    private final byte[] line = new byte[3 * 20 + 3];

    private Map<String, Long> last = waits();

    /** The sum over all threads since the last call. */
    Duration sinceLast() {
        Map<String, Long> now = waits();
        long nanos = 0;
        for (Map.Entry<String, Long> thread : now.entrySet()) {
            nanos += Math.max(0, thread.getValue() - last.getOrDefault(thread.getKey(), 0L));
        }
        last = now;
        return Duration.ofNanos(nanos);
    }

    /** Nanoseconds by thread. */
    private Map<String, Long> waits() {
        Map<String, Long> waits = new HashMap<>();
        String[] threads = TASKS.list();
        for (String thread : threads == null ? new String[0] : threads) {
            try {
                waits.put(thread, readWait(new File(TASKS, thread + "/schedstat")));
            } catch (IOException | RuntimeException endedOrNotCounted) {
                // such a thread waits for nothing
            }
        }
        return waits;
    }

    /** Without a buffer for each: there are many, and they are read all the time. */
    private long readWait(File schedstat) throws IOException {
        try (InputStream in = new FileInputStream(schedstat)) {
            int length = Math.max(0, in.read(line));
            return Long.parseLong(new String(line, 0, length, US_ASCII).split(" ", 3)[1]);
        }
    }
}
