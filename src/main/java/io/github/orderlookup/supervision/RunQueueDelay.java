package io.github.orderlookup.supervision;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
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
    private static Map<String, Long> waits() {
        Map<String, Long> waits = new HashMap<>();
        String[] threads = TASKS.list();
        for (String thread : threads == null ? new String[0] : threads) {
            try {
                String stat = Files.readString(TASKS.toPath().resolve(thread).resolve("schedstat"));
                waits.put(thread, Long.parseLong(stat.split(" ", 3)[1]));
            } catch (IOException | RuntimeException endedOrNotCounted) {
                // such a thread waits for nothing
            }
        }
        return waits;
    }
}
