package io.github.orderlookup.admission;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;

import io.github.orderlookup.admission.CallPermit.Decision;
import io.github.orderlookup.lookup.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A lookup that asks a limiter for a permit, as its test wants it. */
public final class Waiting {

    private final String name;
    private final List<String> granted;
    private String customerId = CUSTOMER;
    private @Nullable String order;
    private Source source = Source.KAFKA;
    private boolean fresh = true;
    private boolean yields;
    private Instant notBefore = Instant.EPOCH;
    private @Nullable Instant deadline;
    private @Nullable Throwable thrown;
    private @Nullable CallPermit permit;
    private final List<Decision> decisions = new ArrayList<>();

    /**
     * @param granted where the names of lookups with a permit are added
     */
    public Waiting(String name, List<String> granted) {
        this.name = name;
        this.granted = granted;
    }

    Waiting of(String customer) {
        customerId = customer;
        return this;
    }

    /** Asks for an order that others may ask for too. */
    Waiting forOrder(String asked) {
        order = asked;
        return this;
    }

    public Waiting overRest() {
        source = Source.REST;
        return this;
    }

    /** A call was made for it before. */
    Waiting again() {
        fresh = false;
        return this;
    }

    /** Comes after those that do not yield. */
    Waiting yielding() {
        yields = true;
        return this;
    }

    Waiting notBefore(Instant moment) {
        notBefore = moment;
        return this;
    }

    Waiting until(Instant moment) {
        deadline = moment;
        return this;
    }

    /** Throws when it receives its decision. */
    Waiting throwing(Throwable failure) {
        thrown = failure;
        return this;
    }

    public Waiting enter(CallLimiter limiter) {
        permit =
                new CallPermit(
                        order == null ? name : order,
                        order != null,
                        customerId,
                        source,
                        fresh,
                        yields,
                        notBefore,
                        deadline,
                        -1,
                        this::settle);
        limiter.acquire(permit);
        return this;
    }

    private void settle(Decision decision) {
        decisions.add(decision);
        if (decision == Decision.GRANTED) {
            granted.add(name);
        }
        throwIfAny(thrown);
    }

    static void throwIfAny(@Nullable Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    CallPermit permit() {
        return java.util.Objects.requireNonNull(permit, "not entered");
    }

    /** Its decisions so far; one at most, if the limiter is sound. */
    List<Decision> decisions() {
        return decisions;
    }
}
