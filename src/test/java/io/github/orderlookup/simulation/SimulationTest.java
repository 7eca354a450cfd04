package io.github.orderlookup.simulation;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * Thousands of seeded stories against what the core promises. {@code -Dsimulation.seeds=100000}
 * runs more of them, {@code -Dsimulation.seed=N} one alone.
 */
class SimulationTest {

    private static final int SEEDS = Integer.getInteger("simulation.seeds", 2_000);

    /** For the exchanges; it is never started. */
    private final CamelContext context = new SimpleCamelContext();

    @Test
    void keepsItsPromisesWhateverTheNeighboursDo() {
        Long only = Long.getLong("simulation.seed");
        long first = only == null ? 1 : only;
        long last = only == null ? SEEDS : only;
        List<String> failures = new ArrayList<>();

        for (long seed = first; seed <= last && failures.size() < 5; seed++) {
            tell(seed, failures);
        }

        Assertions.assertThat(failures).isEmpty();
    }

    private void tell(long seed, List<String> failures) {
        try {
            new Simulation(seed, context).run();
        } catch (AssertionError | RuntimeException e) {
            Throwable first = e;
            while (first.getCause() != null) {
                first = first.getCause();
            }
            failures.add(
                    "-Dsimulation.seed=%d: %s at %s"
                            .formatted(seed, first, first.getStackTrace()[0]));
        }
    }
}
