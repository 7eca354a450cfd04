package io.github.orderlookup.bench.system;

import io.github.orderlookup.bench.load.Batch;
import io.github.orderlookup.bench.load.KafkaLoad;
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
public record RunningSystem(
        String title, int inFlight, int restPort, ChildProcess process, KafkaLoad load)
        implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    public ProcessStats stats() {
        return ProcessStats.of(process.pid());
    }

    /** Has it look up so many orders. */
    public void answer(int records) throws InterruptedException {
        Batch batch = new Batch(records);
        load.watch(batch);
        load.fill(batch);
        await(batch);
    }

    public void await(Batch batch) throws InterruptedException {
        batch.await(process, PATIENCE);
    }

    /** Stops its clock while a backlog is laid before it; it does not notice. */
    public void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    public void thaw() throws IOException, InterruptedException {
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
