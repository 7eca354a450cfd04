package io.github.orderlookup.kafka;

import io.github.orderlookup.kafka.producer.ReplyTopics;
import io.github.orderlookup.lookup.HeaderNames;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.lookup.Source;
import io.github.orderlookup.lookup.Tracing.Span;
import io.github.orderlookup.route.LookupExchange;
import io.github.orderlookup.settle.Looks;
import java.time.Clock;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * The step that opens the lookup of a request record, or refuses it for its size or its headers.
 * Thread-safe.
 */
final class OpenRecord {

    private final ReplyTopics replyTopics;
    private final Clock clock;

    /**
     * @param clock monotonic
     */
    OpenRecord(ReplyTopics replyTopics, Clock clock) {
        this.replyTopics = replyTopics;
        this.clock = clock;
    }

    void open(Exchange exchange) {
        RequestRecord record = RequestRecord.of(exchange);
        Lookup lookup =
                new Lookup(
                        Source.KAFKA,
                        record.text(HeaderNames.CORRELATION_ID).orElse(null),
                        clock.instant());
        lookup.trace(exchange.getProperty(RecordDispatcher.SPAN, Span.NONE, Span.class));
        LookupExchange.attach(exchange, lookup);
        exchange.setProperty(Looks.ASKED, record.time());
        refusal(record).ifPresent(detail -> refuse(lookup, record, detail));
    }

    private Optional<String> refusal(RequestRecord record) {
        if (record.tooLarge() != null) {
            return Optional.of(record.tooLarge());
        }
        if (record.isEchoTooLong()) {
            return Optional.of(
                    "The headers to be echoed are too long: at most 1,024 bytes together are"
                            + " expected.");
        }
        return replyTopics.address(record) instanceof ReplyAddress.Refused refused
                ? Optional.of(refused.detail())
                : Optional.empty();
    }

    private static void refuse(Lookup lookup, RequestRecord record, String detail) {
        record.nameRequest(lookup);
        lookup.refuse(Problem.of(ProblemType.INVALID_REQUEST, detail));
    }
}
