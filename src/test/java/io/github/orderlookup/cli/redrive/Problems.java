package io.github.orderlookup.cli.redrive;

import io.github.orderlookup.camel.KafkaHeaderNames;
import io.github.orderlookup.kafka.Records;
import io.github.orderlookup.kafka.RequestRecord;
import io.github.orderlookup.kafka.producer.ComposeOutcome;
import io.github.orderlookup.kafka.producer.ReplyTopics;
import io.github.orderlookup.kafka.producer.TopicDirectory;
import io.github.orderlookup.lookup.HeaderNames;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.lookup.Source;
import io.github.orderlookup.lookup.Upstream;
import io.github.orderlookup.route.LookupExchange;
import io.github.orderlookup.settings.KafkaSettings;
import io.github.orderlookup.time.ManualClock;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Records of the errors topic, as the service writes them. */
final class Problems {

    static final String REQUESTS = "requests";
    static final String CUSTOMER = "4b6c9a0e-5d1f-4e7a-9c3b-2f8d7e610a54";
    static final String REQUEST =
            "{\"customerId\": \"" + CUSTOMER + "\", \"orderId\": \"order-1\"}";

    private static final DefaultCamelContext CAMEL = new DefaultCamelContext();

    private Problems() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static RequestRecord request(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        return new RequestRecord(new TopicPartition(REQUESTS, 2), 7, key, value, headers);
    }

    /** A plain request that ended so. */
    static FailedRequest failed(ProblemType type) {
        return failed(type, null, new RecordHeaders());
    }

    /**
     * A request with these headers that ended so, after an answer with this code if there is one.
     */
    static FailedRequest failed(ProblemType type, @Nullable String code, Headers headers) {
        Problem problem =
                Problem.of(type, "Failed.")
                        .withUpstream(code == null ? null : new Upstream(404, code, null, null));
        return FailedRequest.read(record(request(bytes("key"), bytes(REQUEST), headers), problem))
                .orElseThrow();
    }

    /** What the service publishes for a request that ended in a problem. */
    static ConsumerRecord<byte[], byte[]> record(RequestRecord request, Problem problem) {
        ManualClock clock = new ManualClock();
        KafkaSettings settings =
                new KafkaSettings(true, REQUESTS, "results", "errors", "group", null, null);
        TopicDirectory topics = Records.unansweredTopics(clock);
        Exchange exchange = new DefaultExchange(CAMEL);
        exchange.setProperty(RequestRecord.PROPERTY, request);
        Lookup lookup =
                new Lookup(
                        Source.KAFKA,
                        request.text(HeaderNames.CORRELATION_ID).orElse(null),
                        clock.instant());
        LookupExchange.attach(exchange, lookup);
        request.nameRequest(lookup);
        exchange.getMessage().setBody(lookup.describe(problem));
        new ComposeOutcome(settings, new ReplyTopics(settings, topics), clock, clock)
                .compose(exchange);
        return consumed(exchange.getMessage());
    }

    /** As the producer writes headers: texts in UTF-8, and none that steers Camel. */
    private static ConsumerRecord<byte[], byte[]> consumed(Message message) {
        Headers headers = new RecordHeaders();
        message.getHeaders()
                .forEach(
                        (name, value) -> {
                            if (value instanceof byte[] bytes) {
                                headers.add(name, bytes);
                            } else if (value instanceof String text) {
                                headers.add(name, bytes(text));
                            }
                        });
        byte[] key = message.getHeader(KafkaHeaderNames.KEY, byte[].class);
        headers.remove(KafkaHeaderNames.KEY).remove(KafkaHeaderNames.OVERRIDE_TOPIC);
        return new ConsumerRecord<>(
                "errors",
                0,
                0,
                1_767_225_600_000L,
                TimestampType.CREATE_TIME,
                0,
                0,
                key,
                message.getBody(byte[].class),
                headers,
                Optional.empty());
    }
}
