package io.github.orderlookup.bench;

import io.github.orderlookup.broker.Broker;
import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.process.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A contestant in its own process, with a lane of its own. */
final class RunningSystem implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Contestant contestant;
    private final ChildProcess process;
    private final KafkaLoad load;
    private final int restPort;

    private RunningSystem(
            Contestant contestant, ChildProcess process, KafkaLoad load, int restPort) {
        this.contestant = contestant;
        this.process = process;
        this.load = load;
        this.restPort = restPort;
    }

    /** Starts it on topics of its own and waits until it has answered a first request. */
    static RunningSystem start(
            Contestant contestant, Broker broker, Upstream upstream, int partitions, Path directory)
            throws Exception {
        Lane lane = new Lane(contestant.id(), contestant.partitions(partitions));
        lane.create(broker);
        String brokers = broker.bootstrapServers();
        int restPort = FreePort.find();
        ChildProcess process =
                contestant.command(lane, brokers, upstream.origin(), restPort, directory).start();
        RunningSystem system =
                new RunningSystem(contestant, process, new KafkaLoad(lane, brokers), restPort);
        system.answer(1);
        return system;
    }

    Contestant contestant() {
        return contestant;
    }

    KafkaLoad load() {
        return load;
    }

    int restPort() {
        return restPort;
    }

    ProcessFigures figures() {
        return ProcessFigures.of(process.pid());
    }

    /** Has it look up so many orders. */
    void answer(int records) throws InterruptedException {
        Batch batch = new Batch(records);
        load.watch(batch);
        load.fill(batch);
        await(batch);
    }

    void await(Batch batch) throws InterruptedException {
        try {
            batch.await(PATIENCE);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    process + ": " + process.stdout() + process.stderr(), e);
        }
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
