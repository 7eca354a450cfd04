package io.github.orderlookup.kafka.producer;

import io.github.orderlookup.kafka.RecordTracing;
import io.github.orderlookup.kafka.ReplyAddress;
import io.github.orderlookup.kafka.ReplyAddress.Named;
import io.github.orderlookup.kafka.RequestOrigin;
import io.github.orderlookup.kafka.RequestRecord;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.lookup.Source;
import io.github.orderlookup.order.Order;
import io.github.orderlookup.order.OrderJson;
import io.github.orderlookup.route.LookupExchange;
import io.github.orderlookup.settings.KafkaSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps that make the message the {@link OutcomeRecord} of its request. Thread-safe. */
public final class ComposeOutcome {

    /** Exchange property: the problem that the outcome is, with all that is known of it. */
    static final String PROBLEM = "order-lookup-problem";

    /** Exchange property: where the outcome is sent, as {@link Sent}. */
    private static final String SENT = "order-lookup-outcome-sent";

    private static final Logger LOG = LoggerFactory.getLogger(ComposeOutcome.class);

    private final KafkaSettings settings;
    private final ReplyTopics replyTopics;
    private final Clock clock;
    private final Clock wall;

    /**
     * Where an outcome is sent.
     *
     * @param first when it was first sent to this topic, by the monotonic clock
     */
    record Sent(String topic, Instant first) {}

    /**
     * @param clock monotonic
     * @param wall for time stamps
     */
    public ComposeOutcome(
            KafkaSettings settings, ReplyTopics replyTopics, Clock clock, Clock wall) {
        this.settings = settings;
        this.replyTopics = replyTopics;
        this.clock = clock;
        this.wall = wall;
    }

    /** The body is an Order or a problem. */
    public void compose(Exchange exchange) {
        Object outcome = exchange.getMessage().getBody();
        ReplyAddress address = replyTopics.address(RequestRecord.of(exchange));
        if (outcome instanceof Order order) {
            found(exchange, order, address);
        } else {
            failed(exchange, (Problem) outcome, address);
        }
    }

    /** The outcome of a request whose processing failed through a defect. */
    public void composeInternalError(Exchange exchange) {
        LOG.error(
                "The outcome of {} failed through a defect of order-lookup",
                RequestRecord.of(exchange).eventId(),
                exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
        Lookup lookup = exchange.getProperty(Lookup.PROPERTY, Lookup.class);
        if (lookup == null) {
            lookup = new Lookup(Source.KAFKA, null, clock.instant());
            LookupExchange.attach(exchange, lookup);
        }
        ComposeWaiting.giveUp(exchange);
        if (lookup.request().isEmpty()) {
            RequestRecord.of(exchange).nameRequest(lookup);
        }
        failed(
                exchange,
                lookup.describe(
                        Problem.of(
                                ProblemType.INTERNAL_ERROR,
                                "The lookup failed through a defect of this service; its log has"
                                        + " the details.")),
                new ReplyAddress.Default());
    }

    private void found(Exchange exchange, Order order, ReplyAddress address) {
        lookup(exchange).conclude(null);
        Named to = topic(address, settings.resultsTopic());
        OutcomeRecord.found(
                        RequestRecord.of(exchange),
                        lookup(exchange),
                        OrderJson.bytes(order),
                        to,
                        wall.instant(),
                        beginSending(exchange, to))
                .writeTo(exchange.getMessage());
    }

    /** Makes the message the record of a problem. */
    void failed(Exchange exchange, Problem problem, ReplyAddress address) {
        RequestRecord request = RequestRecord.of(exchange);
        Lookup lookup = lookup(exchange);
        lookup.conclude(problem.type());
        Problem described = problem.withRequest(RequestOrigin.of(request, lookup.request()));
        exchange.setProperty(PROBLEM, described);
        Named to = topic(address, settings.errorsTopic());
        OutcomeRecord.failed(
                        request, lookup, described, to, wall.instant(), beginSending(exchange, to))
                .writeTo(exchange.getMessage());
    }

    private static Named topic(ReplyAddress address, String defaultTopic) {
        return address instanceof Named named ? named : new Named(defaultTopic, null);
    }

    private @Nullable String beginSending(Exchange exchange, Named address) {
        exchange.setProperty(SENT, new Sent(address.topic(), clock.instant()));
        return RecordTracing.beginSending(exchange, lookup(exchange), address.topic())
                .traceParent();
    }

    /** Where the outcome that was composed last is sent. */
    static Sent sent(Exchange exchange) {
        return Objects.requireNonNull(exchange.getProperty(SENT, Sent.class), "not composed");
    }

    static Lookup lookup(Exchange exchange) {
        return exchange.getProperty(Lookup.PROPERTY, Lookup.class);
    }
}
