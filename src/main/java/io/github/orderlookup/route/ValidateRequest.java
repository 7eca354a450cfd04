package io.github.orderlookup.route;

import io.github.orderlookup.lookup.HeaderNames;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.OrderLookupException;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.lookup.Source;
import io.github.orderlookup.lookup.Tracing;
import io.github.orderlookup.lookup.Tracing.Kind;
import io.github.orderlookup.request.RequestReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads and validates the request of a lookup.
 *
 * <p>The Kafka and the REST endpoint have opened the lookup already and may have refused it; a
 * caller at {@code direct:order-lookup} has not, and its header {@code MS-CorrelationId} is kept if
 * it is a GUID.
 */
public final class ValidateRequest {

    private static final Logger LOG = LoggerFactory.getLogger(ValidateRequest.class);

    /** How long the look may take that begins when the time to wait for an order is up. */
    private static final Duration LAST_LOOK = Duration.ofSeconds(10);

    private final Tracing tracing;
    private final Clock clock;
    private final Clock wall;
    private final boolean hasWaitingTopic;

    /**
     * @param clock monotonic
     * @param wall what absolute dates of requests are compared with, once, as they arrive
     * @param hasWaitingTopic whether a request over Kafka may wait for its order to settle
     */
    public ValidateRequest(Tracing tracing, Clock clock, Clock wall, boolean hasWaitingTopic) {
        this.tracing = tracing;
        this.clock = clock;
        this.wall = wall;
        this.hasWaitingTopic = hasWaitingTopic;
    }

    /** Notes what is asked, in the lookup of the exchange. A step for beans: errors stay inside. */
    public void open(Exchange exchange) {
        Lookup lookup = exchange.getProperty(Lookup.PROPERTY, Lookup.class);
        if (lookup == null) {
            Object correlationId = exchange.getMessage().getHeader(HeaderNames.CORRELATION_ID);
            lookup =
                    new Lookup(
                            Source.CAMEL,
                            correlationId instanceof String text ? text : null,
                            clock.instant());
            lookup.trace(
                    tracing.begin(
                            Kind.INTERNAL,
                            "order-lookup",
                            name -> exchange.getMessage().getHeader(name, String.class)));
            LookupExchange.attach(exchange, lookup);
        }
        lookup.refusal()
                .ifPresent(
                        problem -> {
                            throw new OrderLookupException(problem);
                        });
        OrderLookupRequest request = RequestReader.read(exchange.getMessage().getBody());
        requireWaitingTopic(request, lookup.source());
        lookup.ask(request, monotonic(lastMoment(request)));
        LOG.debug(
                "Order {}, correlation id {}: asked for by {}, of customer {}",
                request.orderId(),
                lookup.correlationId(),
                lookup.source(),
                request.customerId());
    }

    private void requireWaitingTopic(OrderLookupRequest request, Source source) {
        if (request.untilSettled() && source == Source.KAFKA && !hasWaitingTopic) {
            throw new OrderLookupException(
                    Problem.of(
                                    ProblemType.INVALID_REQUEST,
                                    "until may not be \"settled\" here: order-lookup.waiting-topic"
                                            + " is not set.")
                            .withIds(request.customerId(), request.orderId()));
        }
    }

    /** The last look at an order that moves begins at the deadline. */
    private static @Nullable Instant lastMoment(OrderLookupRequest request) {
        Instant deadline = request.deadline();
        return deadline != null && request.untilSettled() ? deadline.plus(LAST_LOOK) : deadline;
    }

    /** The moment of the monotonic clock at which the wall clock should say so. */
    private @Nullable Instant monotonic(@Nullable Instant date) {
        return date == null ? null : clock.instant().plus(Duration.between(wall.instant(), date));
    }
}
