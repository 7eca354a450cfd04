package io.github.orderlookup.rest.console;

import io.github.orderlookup.lookup.HeaderNames;
import io.github.orderlookup.order.Order;
import io.github.orderlookup.rest.RestResponses;
import io.github.orderlookup.settle.SettleState;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** The step that makes the message the response to a lookup of the console. Thread-safe. */
public final class OrderResponses {

    private final RestResponses responses;

    public OrderResponses(RestResponses responses) {
        this.responses = responses;
    }

    /** The body is the Order or the problem. An Order has its state in three headers. */
    public void compose(Exchange exchange) {
        Object outcome = exchange.getMessage().getBody();
        responses.compose(exchange);
        if (outcome instanceof Order order) {
            name(SettleState.of(order), exchange.getMessage());
        }
    }

    private static void name(SettleState state, Message response) {
        response.setHeader(HeaderNames.SETTLED, Boolean.toString(state.isSettled()));
        response.setHeader(HeaderNames.STATE_KIND, state.kind().label());
        response.setHeader(HeaderNames.STATE, state.reason());
    }
}
