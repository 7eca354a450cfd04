package io.github.orderlookup.kafka.producer;

import io.github.orderlookup.camel.KafkaHeaderNames;
import io.github.orderlookup.kafka.RecordTracing;
import io.github.orderlookup.kafka.RequestRecord;
import io.github.orderlookup.kafka.waiting.WaitingRecord;
import io.github.orderlookup.lookup.HeaderNames;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.settings.KafkaSettings;
import io.github.orderlookup.settle.LookSchedule;
import io.github.orderlookup.settle.Waiting;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * The step that makes the message a {@link WaitingRecord}: the request waits for the next look at
 * its order.
 *
 * <p>Its key is the id of the event, which no other request has: a topic that is compacted loses
 * none. Its partition is one of the delay tier; while the broker does not say how many there are,
 * the client chooses one, which delays no look unless thousands wait. Thread-safe.
 */
public final class ComposeWaiting {

    /** Exchange property: the record that is published; absent when an outcome is. */
    private static final String RECORD = "order-lookup-waiting-record";

    private final KafkaSettings settings;
    private final TopicDirectory topics;
    private final LookSchedule schedule;
    private final Clock wall;

    public ComposeWaiting(
            KafkaSettings settings, TopicDirectory topics, LookSchedule schedule, Clock wall) {
        this.settings = settings;
        this.topics = topics;
        this.schedule = schedule;
        this.wall = wall;
    }

    public void compose(Exchange exchange) {
        write(
                exchange,
                new WaitingRecord(
                        RequestRecord.of(exchange),
                        ComposeOutcome.lookup(exchange).correlationId(),
                        exchange.getProperty(Waiting.PROPERTY, Waiting.class)));
    }

    /** Whether the message is a record of the waiting topic. */
    static boolean isWaiting(Exchange exchange) {
        return exchange.getProperty(RECORD) != null;
    }

    /** Whether it has an Order, which it may lose. */
    static boolean hasOrder(Exchange exchange) {
        return record(exchange).waiting().lastOrder() != null;
    }

    /** An outcome is published in place of it. */
    static void giveUp(Exchange exchange) {
        exchange.removeProperty(RECORD);
    }

    void omitOrder(Exchange exchange) {
        write(exchange, record(exchange).withoutOrder());
    }

    /** Asks the broker again how many partitions there are. */
    void chooseAnotherPartition(Exchange exchange) {
        topics.forget(topic());
        write(exchange, record(exchange));
    }

    private static WaitingRecord record(Exchange exchange) {
        return Objects.requireNonNull(exchange.getProperty(RECORD, WaitingRecord.class));
    }

    /** The waiting topic. */
    String topic() {
        return Objects.requireNonNull(settings.waitingTopic());
    }

    private void write(Exchange exchange, WaitingRecord record) {
        exchange.setProperty(RECORD, record);
        Lookup lookup = ComposeOutcome.lookup(exchange);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader("content-type", "application/json");
        traceParent(exchange, lookup, record)
                .ifPresent(trace -> message.setHeader(HeaderNames.TRACE_PARENT, trace));
        message.setHeader(
                KafkaHeaderNames.KEY, record.request().eventId().getBytes(StandardCharsets.UTF_8));
        message.setHeader(KafkaHeaderNames.OVERRIDE_TOPIC, topic());
        message.setHeader(KafkaHeaderNames.PARTITION_KEY, partition(record));
        message.setBody(record.toJson());
    }

    private Optional<String> traceParent(Exchange exchange, Lookup lookup, WaitingRecord record) {
        return Optional.ofNullable(
                        RecordTracing.beginSending(exchange, lookup, topic()).traceParent())
                .or(() -> record.request().text(HeaderNames.TRACE_PARENT));
    }

    private @Nullable Integer partition(WaitingRecord record) {
        Duration delay = Duration.between(wall.instant(), record.waiting().due());
        return topics.partitions(topic())
                .filter(count -> count > 0)
                .map(count -> schedule.partition(delay, count, record.request().eventId()))
                .orElse(null);
    }
}
