package io.github.orderlookup.bench.part;

import io.github.orderlookup.bench.system.RunningSystem;
import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.process.ProcessStats;

/**
 * Loads a fresh process until its JIT compilers have little left to do. How many lookups that takes
 * depends on the machine and on how much code a lookup passes.
 */
final class WarmUp {

    /** What the compilers use of the CPU time of a process that is warm, at most. */
    private static final double QUIET = 0.1;

    /** A process that is never quiet is measured all the same. */
    private static final int MOST_BATCHES = 15;

    /** Of a batch over Kafka, at the usual number in flight. */
    private static final int RECORDS = 40_000;

    private WarmUp() {}

    /** Work for some seconds. */
    @FunctionalInterface
    interface Load {
        void run() throws Exception;
    }

    static void overKafka(RunningSystem system) throws Exception {
        int records = RECORDS * system.inFlight() / Backlog.USUAL_IN_FLIGHT;
        of(system.process(), () -> system.answer(records));
    }

    static void of(ChildProcess process, Load load) throws Exception {
        int batches = 1;
        while (!isQuiet(process, load) && batches < MOST_BATCHES) {
            batches++;
        }
    }

    private static boolean isQuiet(ChildProcess process, Load load) throws Exception {
        double cpu = ProcessStats.of(process.pid()).cpuSeconds();
        double compilers = ProcessStats.compilerSeconds(process.pid());
        load.run();
        return ProcessStats.compilerSeconds(process.pid()) - compilers
                < QUIET * (ProcessStats.of(process.pid()).cpuSeconds() - cpu);
    }
}
