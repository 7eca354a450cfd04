package io.github.orderlookup.route;

import io.github.orderlookup.supervision.Supervisor;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * A step of a route, which fails its exchange with whatever is thrown in it. Camel does so with
 * exceptions alone: an error would pass by the error handling of the routes, and the lookup would
 * end without an outcome.
 */
public final class Step implements Processor {

    private final Processor work;

    /**
     * @param work what the step does; a method of ours
     */
    public Step(Processor work) {
        this.work = work;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        try {
            work.process(exchange);
        } catch (Error e) {
            exchange.setException(e);
            report(exchange, e);
        }
    }

    /** Reports an error that concerns the process, not the exchange alone. */
    static void report(Exchange exchange, Error error) {
        if (Supervisor.fatalCause(error) != null) {
            Supervisor supervisor =
                    exchange.getContext()
                            .getRegistry()
                            .lookupByNameAndType(Supervisor.NAME, Supervisor.class);
            if (supervisor != null) {
                supervisor.onError("A step of a route", error);
            }
        }
    }
}
