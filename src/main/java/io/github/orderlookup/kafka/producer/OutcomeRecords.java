package io.github.orderlookup.kafka.producer;

import io.github.orderlookup.camel.KafkaHeaderNames;
import io.github.orderlookup.kafka.RecordDispatcher;
import io.github.orderlookup.kafka.ReplyAddress;
import io.github.orderlookup.kafka.RequestRecord;
import io.github.orderlookup.lookup.HeaderNames;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.Meters;
import io.github.orderlookup.lookup.OrderLookupException;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.lookup.RecordOrigin;
import io.github.orderlookup.lookup.Source;
import io.github.orderlookup.lookup.Tracing;
import io.github.orderlookup.lookup.Tracing.Kind;
import io.github.orderlookup.lookup.Tracing.Span;
import io.github.orderlookup.order.Order;
import io.github.orderlookup.order.OrderJson;
import io.github.orderlookup.request.RequestReader;
import io.github.orderlookup.route.LookupExchange;
import io.github.orderlookup.settings.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From the request record to the outcome record: opens the lookup of a record, and makes the
 * message that camel-kafka publishes as its outcome.
 *
 * <p>Thread-safe.
 */
public final class OutcomeRecords {

    private static final Logger LOG = LoggerFactory.getLogger(OutcomeRecords.class);
    private static final String FOUND = "order-lookup.found.v1";

    /** Exchange property: the problem that the outcome is, with all that is known of it. */
    static final String PROBLEM = "order-lookup-problem";

    /** Exchange property: when the outcome was first sent to its topic, by the monotonic clock. */
    static final String SENT = "order-lookup-sent";

    /** Exchange property: the span of the sending. */
    private static final String SENDING = "order-lookup-sending";

    private static final int LONGEST_ECHO = 1024;
    private static final List<String> ECHOED =
            List.of(
                    HeaderNames.SPRING_CORRELATION_ID,
                    HeaderNames.EVENT_ID,
                    HeaderNames.TRACE_PARENT,
                    HeaderNames.CORRELATION_ID);
    private static final Pattern TRACEPARENT =
            Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private final KafkaSettings settings;
    private final TopicDirectory topics;
    private final PublishHealth publishing;
    private final Meters meters;
    private final Tracing tracing;
    private final Clock clock;
    private final Clock wall;

    public OutcomeRecords(
            KafkaSettings settings,
            TopicDirectory topics,
            PublishHealth publishing,
            Meters meters,
            Tracing tracing,
            Clock clock,
            Clock wall) {
        this.settings = settings;
        this.topics = topics;
        this.publishing = publishing;
        this.meters = meters;
        this.tracing = tracing;
        this.clock = clock;
        this.wall = wall;
    }

    /** Opens the lookup of a record, or refuses it for what its headers ask. */
    public void open(Exchange exchange) {
        RequestRecord record = record(exchange);
        Lookup lookup =
                new Lookup(
                        Source.KAFKA,
                        record.text(HeaderNames.CORRELATION_ID).orElse(null),
                        clock.instant());
        lookup.trace(exchange.getProperty(RecordDispatcher.SPAN, Span.NONE, Span.class));
        LookupExchange.attach(exchange, lookup);
        if (record.tooLarge() != null) {
            refuse(lookup, record, record.tooLarge());
        } else if (echoIsTooLong(record)) {
            refuse(
                    lookup,
                    record,
                    "The headers to be echoed are too long: at most 1,024 bytes together are"
                            + " expected.");
        } else if (address(record) instanceof ReplyAddress.Refused refused) {
            refuse(lookup, record, refused.detail());
        }
    }

    /** Begins the span of a record. */
    public Span begin(RequestRecord record) {
        String topic = record.partition().topic();
        return tracing.begin(
                        Kind.CONSUMER, "process " + topic, name -> record.text(name).orElse(null))
                .set("messaging.system", "kafka")
                .set("messaging.operation.name", "process")
                .set("messaging.operation.type", "process")
                .set("messaging.destination.name", topic)
                .set(
                        "messaging.destination.partition.id",
                        Integer.toString(record.partition().partition()))
                .set("messaging.kafka.offset", record.offset())
                .set("messaging.consumer.group.name", settings.groupId());
    }

    /** Refuses a request for its headers; what it asks is read, so that the problem can say it. */
    private static void refuse(Lookup lookup, RequestRecord record, String detail) {
        try {
            lookup.ask(RequestReader.read(record.value()), null);
        } catch (OrderLookupException unreadable) {
            // The problem shows the value instead.
        }
        lookup.refuse(invalid(detail));
    }

    /**
     * Makes the message the outcome record: key, value, headers, topic. The body is the outcome.
     */
    public void compose(Exchange exchange) {
        Object outcome = exchange.getMessage().getBody();
        ReplyAddress address = address(record(exchange));
        if (outcome instanceof Order order) {
            found(exchange, order, address);
        } else {
            failed(exchange, (Problem) outcome, address);
        }
    }

    /**
     * Makes the message the outcome that tells of a defect of ours, which the log has told already.
     */
    public void composeInternalError(Exchange exchange) {
        RequestRecord record = record(exchange);
        LOG.error(
                "The outcome of {} failed through a defect of order-lookup",
                record.eventId(),
                exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
        Lookup lookup = exchange.getProperty(Lookup.PROPERTY, Lookup.class);
        if (lookup == null) {
            lookup = new Lookup(Source.KAFKA, null, clock.instant());
            LookupExchange.attach(exchange, lookup);
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

    /**
     * Notes that the broker has acknowledged the outcome: only now the request counts as answered.
     */
    public void acknowledge(Exchange exchange) {
        exchange.setProperty(RecordDispatcher.ACKNOWLEDGED, true);
        publishing.acknowledged(record(exchange).eventId());
        sending(exchange).end();
        LOG.debug(
                "Request {}, correlation id {}: its outcome is acknowledged",
                record(exchange).eventId(),
                lookup(exchange).correlationId());
        meters.lookupEnded(lookup(exchange));
    }

    /** Whether the message is a found Order, composed already. */
    static boolean isOrder(Message message) {
        return FOUND.equals(message.getHeader(HeaderNames.EVENT_TYPE));
    }

    /** Where the outcome of a request goes, as far as the broker can be asked. */
    ReplyAddress address(RequestRecord record) {
        ReplyAddress address = ReplyAddress.of(record, settings);
        if (address instanceof ReplyAddress.Named named) {
            int partition = named.partition() == null ? 0 : named.partition();
            Optional<Integer> partitions = topics.partitions(named.topic(), partition);
            if (partitions.isPresent() && partitions.get() == 0) {
                return new ReplyAddress.Refused(
                        "kafka_replyTopic names a topic that does not exist.");
            }
            if (partitions.isPresent() && partition >= partitions.get()) {
                return new ReplyAddress.Refused(
                        "kafka_replyPartition names a partition that does not exist.");
            }
        }
        return address;
    }

    private void found(Exchange exchange, Order order, ReplyAddress address) {
        RequestRecord record = record(exchange);
        lookup(exchange).conclude(null);
        Message message =
                outcome(
                        exchange,
                        FOUND,
                        "application/json",
                        OrderJson.bytes(order),
                        address instanceof ReplyAddress.Named named
                                ? named
                                : new ReplyAddress.Named(settings.resultsTopic(), null));
        String orderId = lookup(exchange).request().map(OrderLookupRequest::orderId).orElseThrow();
        message.setHeader(
                KafkaHeaderNames.KEY,
                record.key() == null ? orderId.getBytes(StandardCharsets.UTF_8) : record.key());
    }

    /** Makes the message the record of a problem. */
    void failed(Exchange exchange, Problem problem, ReplyAddress address) {
        RequestRecord record = record(exchange);
        lookup(exchange).conclude(problem.type());
        boolean unreadable = lookup(exchange).request().isEmpty();
        Problem described =
                problem.withRequest(
                        new RecordOrigin(
                                record.partition().topic(),
                                record.partition().partition(),
                                record.offset(),
                                unreadable ? record.value() : null));
        exchange.setProperty(PROBLEM, described);
        Message message =
                outcome(
                        exchange,
                        "order-lookup.failed.v1",
                        "application/problem+json",
                        described.toJson(),
                        address instanceof ReplyAddress.Named named
                                ? named
                                : new ReplyAddress.Named(settings.errorsTopic(), null));
        message.setHeader(KafkaHeaderNames.KEY, record.key());
    }

    private Message outcome(
            Exchange exchange,
            String type,
            String contentType,
            byte[] value,
            ReplyAddress.Named address) {
        RequestRecord record = record(exchange);
        Lookup lookup = lookup(exchange);
        Map<String, Object> headers = new HashMap<>();
        headers.put("content-type", contentType);
        headers.put(HeaderNames.EVENT_VERSION, "1.0");
        headers.put(HeaderNames.EVENT_ID, record.eventId());
        headers.put(HeaderNames.EVENT_SOURCE, "/order-lookup");
        headers.put(HeaderNames.EVENT_TYPE, type);
        headers.put(HeaderNames.EVENT_TIME, wall.instant().toString());
        lookup.request()
                .ifPresent(
                        asked ->
                                headers.put(
                                        HeaderNames.EVENT_SUBJECT,
                                        "customers/"
                                                + asked.customerId()
                                                + "/orders/"
                                                + asked.orderId()));
        headers.put(HeaderNames.CORRELATION_ID, lookup.correlationId());
        lookup.requestId().ifPresent(id -> headers.put(HeaderNames.REQUEST_ID, id));
        headers.put(HeaderNames.ATTEMPTS, Integer.toString(lookup.attempts()));
        if (!echoIsTooLong(record)) {
            echo(record, headers);
        }
        exchange.setProperty(SENT, clock.instant());
        String traceParent = send(exchange, address).traceParent();
        if (traceParent != null) {
            headers.put(HeaderNames.TRACE_PARENT, traceParent);
        }
        Message message = exchange.getMessage();
        message.setHeaders(headers);
        message.setBody(value);
        send(message, address);
        return message;
    }

    /** Begins the span of the sending; one that was to send another outcome before has failed. */
    private static Span send(Exchange exchange, ReplyAddress.Named address) {
        sending(exchange).fail("not-taken").end();
        Span sending =
                lookup(exchange)
                        .span()
                        .child(Kind.PRODUCER, "send " + address.topic())
                        .set("messaging.system", "kafka")
                        .set("messaging.operation.name", "send")
                        .set("messaging.operation.type", "send")
                        .set("messaging.destination.name", address.topic());
        exchange.setProperty(SENDING, sending);
        return sending;
    }

    private static Span sending(Exchange exchange) {
        return exchange.getProperty(SENDING, Span.NONE, Span.class);
    }

    /** Ends the span of a record, whatever has become of it. */
    public static void endTrace(Exchange exchange) {
        Span span = exchange.getProperty(RecordDispatcher.SPAN, Span.NONE, Span.class);
        Lookup lookup = exchange.getProperty(Lookup.PROPERTY, Lookup.class);
        if (lookup != null) {
            lookup.conclusion()
                    .filter(problem -> problem.status() >= 500)
                    .ifPresent(problem -> span.fail(problem.shortName()));
        }
        span.end();
    }

    /** Addresses the record. camel-kafka takes these headers off again as it publishes. */
    static void send(Message message, ReplyAddress.Named address) {
        message.removeHeader(KafkaHeaderNames.PARTITION_KEY);
        message.setHeader(KafkaHeaderNames.OVERRIDE_TOPIC, address.topic());
        if (address.partition() != null) {
            message.setHeader(KafkaHeaderNames.PARTITION_KEY, address.partition());
        }
    }

    private static void echo(RequestRecord record, Map<String, Object> headers) {
        record.header(HeaderNames.SPRING_CORRELATION_ID)
                .ifPresent(bytes -> headers.put(HeaderNames.SPRING_CORRELATION_ID, bytes));
        record.text(HeaderNames.EVENT_VERSION)
                .flatMap(version -> record.header(HeaderNames.EVENT_ID))
                .ifPresent(bytes -> headers.put(HeaderNames.EVENT_CAUSE, bytes));
        record.text(HeaderNames.TRACE_PARENT)
                .filter(trace -> TRACEPARENT.matcher(trace).matches())
                .ifPresent(trace -> headers.put(HeaderNames.TRACE_PARENT, trace));
    }

    private static boolean echoIsTooLong(RequestRecord record) {
        int bytes = 0;
        for (String name : ECHOED) {
            bytes += record.header(name).map(value -> value.length).orElse(0);
        }
        return bytes > LONGEST_ECHO;
    }

    static Problem invalid(String detail) {
        return Problem.of(ProblemType.INVALID_REQUEST, detail);
    }

    static RequestRecord record(Exchange exchange) {
        return exchange.getProperty(RequestRecord.PROPERTY, RequestRecord.class);
    }

    static Lookup lookup(Exchange exchange) {
        return exchange.getProperty(Lookup.PROPERTY, Lookup.class);
    }
}
