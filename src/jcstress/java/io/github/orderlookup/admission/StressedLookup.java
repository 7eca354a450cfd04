package io.github.orderlookup.admission;

import io.github.orderlookup.admission.CallPermit.Decision;
import io.github.orderlookup.lookup.Source;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** A lookup over Kafka that counts its decisions, on whichever thread they arrive. */
final class StressedLookup {

    static final CallPermit.Result RESULT = new CallPermit.Result("id", new byte[0], null);

    final CallPermit permit;
    private final AtomicInteger decisions = new AtomicInteger();
    private volatile String decision = "none";

    /**
     * @param order may be shared with others
     */
    StressedLookup(String order) {
        permit =
                new CallPermit(
                        order,
                        true,
                        "customer",
                        Source.KAFKA,
                        true,
                        false,
                        Instant.EPOCH,
                        null,
                        -1,
                        this::decided);
    }

    private void decided(Decision made) {
        decision = made.name();
        decisions.incrementAndGet();
    }

    int decisions() {
        return decisions.get();
    }

    /** The last decision; {@code none} before the first. */
    String decision() {
        return decision;
    }

    boolean isGranted() {
        return decision.equals(Decision.GRANTED.name());
    }

    /** How many of them have a permit. */
    static int granted(StressedLookup... lookups) {
        int granted = 0;
        for (StressedLookup lookup : lookups) {
            granted += lookup.isGranted() ? 1 : 0;
        }
        return granted;
    }
}
