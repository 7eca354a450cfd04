package io.github.orderlookup;

import io.github.orderlookup.lookup.LookupThreads;
import io.github.orderlookup.supervision.Heartbeat;
import io.github.orderlookup.supervision.SupervisedTimer;
import io.github.orderlookup.supervision.Supervisor;
import io.github.orderlookup.supervision.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.CamelContext;

/** The threads of the module: the timer, and those on which lookups go on, all supervised. */
final class Workers implements AutoCloseable {

    private static final Duration TIMER_BEAT = Duration.ofSeconds(1);

    /** On JDK 17 each may start a thread, which ends after a minute without work. */
    private static final Duration BEAT = Duration.ofSeconds(15);

    private static final Duration TIMER_PATIENCE = Duration.ofSeconds(15);

    /** On JDK 17 a beat queues behind calls that are under way, each as long as its timeout. */
    private static final int CALLS_PATIENCE = 4;

    private final Supervisor supervisor;
    private final ScheduledExecutorService timer;
    private final LookupExecutors executors;
    private final List<Worker> workers = new ArrayList<>();
    private final List<Heartbeat> beats = new ArrayList<>();

    /**
     * @param maxInFlight how many calls may be under way
     * @param responseTimeout how long one may take
     * @param kafka whether the Kafka endpoint is enabled: nothing is started for it otherwise
     */
    Workers(
            CamelContext camel,
            Supervisor supervisor,
            int maxInFlight,
            Duration responseTimeout,
            boolean kafka)
            throws Exception {
        this.supervisor = supervisor;
        timer = new SupervisedTimer("order-lookup-timer", supervisor);
        executors = LookupExecutors.of(camel, supervisor, maxInFlight);
        Duration patience = responseTimeout.plus(TIMER_PATIENCE).multipliedBy(CALLS_PATIENCE);
        beat("timer", TIMER_PATIENCE, TIMER_BEAT, List.of());
        beat("calls", patience, BEAT, List.of(threads().calls()));
        if (kafka) {
            beat("kafka-lookups", patience, BEAT, List.of(threads().kafka()));
        }
        beat("refusals", patience, BEAT, List.of(threads().refusals()));
    }

    private void beat(String name, Duration patience, Duration every, List<Executor> threads) {
        Worker worker = supervisor.worker(name, patience);
        workers.add(worker);
        beats.add(new Heartbeat(worker, threads, timer, every).start());
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    LookupThreads threads() {
        return executors.threads();
    }

    @Override
    public void close() {
        beats.forEach(Heartbeat::close);
        workers.forEach(supervisor::remove);
        executors.close();
        timer.shutdownNow();
    }
}
