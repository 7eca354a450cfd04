package io.github.orderlookup.main;

import io.github.orderlookup.logging.ServiceLog;
import io.github.orderlookup.supervision.ProcessEnd;
import io.github.orderlookup.supervision.ProcessWatch;
import io.github.orderlookup.supervision.ShutdownLimit;
import io.github.orderlookup.supervision.Supervisor;
import io.github.orderlookup.time.MonotonicClock;
import java.time.Clock;
import java.time.Duration;

/**
 * The process of our own main: exits with code 70 when it cannot go on, and within half a minute of
 * a signal to stop, whatever its state.
 */
final class ServiceProcess {

    /** Camel Main takes up to 25 seconds, and 30 are promised. */
    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(28);

    private static final Duration WATCH_INTERVAL = Duration.ofSeconds(1);

    /** Checks in a row that find a worker stalled before the process ends. */
    private static final int WATCH_PATIENCE = 300;

    private final Supervisor supervisor;
    private final ShutdownLimit limit;

    private ServiceProcess(Supervisor supervisor, ShutdownLimit limit) {
        this.supervisor = supervisor;
        this.limit = limit;
    }

    /** Starts to supervise this process. */
    static ServiceProcess watch() {
        Runtime runtime = Runtime.getRuntime();
        Clock clock = MonotonicClock.startingAt(Clock.systemUTC());
        ShutdownLimit limit = new ShutdownLimit(runtime::halt, SHUTDOWN_LIMIT);
        runtime.addShutdownHook(new Thread(limit::begin, "order-lookup-shutdown"));
        Supervisor supervisor = new Supervisor(clock, new ProcessEnd(runtime::halt));
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, thrown) -> supervisor.onError("The thread " + thread.getName(), thrown));
        ServiceLog log = new ServiceLog(clock, supervisor::onLoggedError);
        log.install();
        new ProcessWatch(supervisor, log::sayWhatRepeats, WATCH_PATIENCE).start(WATCH_INTERVAL);
        return new ServiceProcess(supervisor, limit);
    }

    Supervisor supervisor() {
        return supervisor;
    }

    /** Exits with this code, gracefully if that takes at most half a minute. */
    void exit(int code) {
        limit.exits(code);
        System.exit(code);
    }
}
