package io.github.orderlookup.supervision;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Neither ready nor alive once the process cannot go on: its memory was exhausted, or the virtual
 * machine failed. Our own main ends by itself then; in a host it is for the host to decide.
 */
final class ProcessLiveness extends AbstractHealthCheck {

    private final Supervisor supervisor;

    ProcessLiveness(Supervisor supervisor) {
        super("order-lookup", "order-lookup-process");
        this.supervisor = supervisor;
    }

    @Override
    public boolean isLiveness() {
        return true;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        supervisor
                .fatal()
                .ifPresentOrElse(
                        error ->
                                builder.message(
                                                "The process cannot go on and must be restarted. "
                                                        + inWords(error))
                                        .down(),
                        builder::up);
    }

    /** The message of an error may hold request data; those of our own exceptions do not. */
    private static String inWords(Throwable error) {
        if (error instanceof IllegalStateException) {
            return error.getMessage() + ".";
        }
        return error instanceof OutOfMemoryError
                ? "Its memory was exhausted."
                : "The virtual machine reported " + error.getClass().getSimpleName() + ".";
    }
}
