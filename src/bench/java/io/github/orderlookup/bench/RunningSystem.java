package io.github.orderlookup.bench;

import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.process.ProcessStats;
import java.io.IOException;
import java.time.Duration;

/**
 * A system in its own process, with topics of its own.
 *
 * @param inFlight calls that it has under way at once, at most
 * @param restPort where it serves REST, if it does
 */
record RunningSystem(String title, int inFlight, int restPort, ChildProcess process, KafkaLoad load)
        implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    ProcessStats stats() {
        return ProcessStats.of(process.pid());
    }

    /** Has it look up so many orders. */
    void answer(int records) throws InterruptedException {
        Batch batch = new Batch(records);
        load.watch(batch);
        load.fill(batch);
        await(batch);
    }

    void await(Batch batch) throws InterruptedException {
        batch.await(process, PATIENCE);
    }

    /** Stops its clock while a backlog is laid before it; it does not notice. */
    void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        String[] command = {"kill", signal, Long.toString(process.pid())};
        if (new ProcessBuilder(command).start().waitFor() != 0) {
            throw new IllegalStateException(process + " cannot be sent " + signal);
        }
    }

    @Override
    public void close() {
        process.close();
        load.close();
    }
}
