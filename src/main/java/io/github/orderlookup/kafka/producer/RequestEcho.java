package io.github.orderlookup.kafka.producer;

import io.github.orderlookup.kafka.RequestRecord;
import io.github.orderlookup.lookup.HeaderNames;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.RecordOrigin;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** What the record of a problem repeats of its request, and can be published without. */
final class RequestEcho {

    private static final List<String> HEADERS =
            List.of(HeaderNames.SPRING_CORRELATION_ID, HeaderNames.EVENT_CAUSE);

    private RequestEcho() {}

    /** How many bytes smaller the record is without the echo. */
    static int bytes(Exchange exchange, Problem problem) {
        Message message = exchange.getMessage();
        int headers = HEADERS.stream().mapToInt(name -> length(message.getHeader(name))).sum();
        return headers + length(message.getBody()) - body(exchange, problem).length;
    }

    private static int length(@Nullable Object bytes) {
        return bytes instanceof byte[] array ? array.length : 0;
    }

    /** Takes the echo out of the record. */
    static void omit(Exchange exchange, Problem problem) {
        Message message = exchange.getMessage();
        message.setBody(body(exchange, problem));
        HEADERS.forEach(message::removeHeader);
    }

    private static byte[] body(Exchange exchange, Problem problem) {
        RequestRecord record = RequestRecord.of(exchange);
        RecordOrigin origin =
                new RecordOrigin(
                        record.partition().topic(),
                        record.partition().partition(),
                        record.offset());
        return problem.withRequest(origin.withoutRest()).withUpstream(null).toJson();
    }

    /** The problem without what of the request is not its place in Kafka. */
    static Problem withoutRest(Problem problem) {
        RecordOrigin origin = problem.request();
        return origin == null ? problem : problem.withRequest(origin.withoutRest());
    }
}
