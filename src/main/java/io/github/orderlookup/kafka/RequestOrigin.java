package io.github.orderlookup.kafka;

import io.github.orderlookup.lookup.HeaderNames;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.RecordOrigin;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a problem tells of its request record. Together with the key, the ids and the headers of the
 * record of the problem it is the whole request but its deadline, or says that it is not.
 */
public final class RequestOrigin {

    /** Printable ASCII, as W3C Trace Context has it; a malformed one means nothing. */
    private static final Pattern TRACE_STATE = Pattern.compile("[\\x20-\\x7e]{1,1024}");

    private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");

    private RequestOrigin() {}

    /**
     * Describes a record.
     *
     * @param asked whose ids the problem has; without them it shows the value
     */
    public static RecordOrigin of(RequestRecord record, Optional<OrderLookupRequest> asked) {
        boolean readable = asked.isPresent();
        boolean asksForReply = record.has(HeaderNames.SPRING_REPLY_TOPIC);
        String replyTopic = asksForReply ? replyTopic(record) : null;
        Integer replyPartition = asksForReply ? replyPartition(record) : null;
        boolean addressIsWhole =
                !asksForReply
                        || (replyTopic != null
                                && (replyPartition != null
                                        || !record.has(HeaderNames.SPRING_REPLY_PARTITION)));
        return new RecordOrigin(
                record.partition().topic(),
                record.partition().partition(),
                record.offset(),
                readable ? null : record.value(),
                asked.filter(OrderLookupRequest::untilSettled).map(waits -> "settled").orElse(null),
                replyTopic,
                replyPartition,
                record.text(HeaderNames.TRACE_STATE)
                        .filter(state -> TRACE_STATE.matcher(state).matches())
                        .orElse(null),
                redriven(record),
                (addressIsWhole && isWhole(record, readable)) ? null : true);
    }

    private static boolean isWhole(RequestRecord record, boolean readable) {
        byte[] value = record.value();
        return record.tooLarge() == null
                && !record.isEchoTooLong()
                && (readable || value == null || value.length <= RecordOrigin.MAX_VALUE_BYTES);
    }

    private static @Nullable String replyTopic(RequestRecord record) {
        return record.isAmbiguous(HeaderNames.SPRING_REPLY_TOPIC)
                ? null
                : record.text(HeaderNames.SPRING_REPLY_TOPIC)
                        .filter(topic -> ReplyAddress.LEGAL_TOPIC.matcher(topic).matches())
                        .orElse(null);
    }

    private static @Nullable Integer replyPartition(RequestRecord record) {
        Optional<byte[]> bytes = record.header(HeaderNames.SPRING_REPLY_PARTITION);
        return record.isAmbiguous(HeaderNames.SPRING_REPLY_PARTITION)
                ? null
                : bytes.filter(partition -> partition.length == Integer.BYTES)
                        .map(partition -> ByteBuffer.wrap(partition).getInt())
                        .orElse(null);
    }

    /** A count that is none means nothing. */
    private static @Nullable Integer redriven(RequestRecord record) {
        return record.text(HeaderNames.REDRIVEN)
                .filter(count -> COUNT.matcher(count).matches())
                .map(Integer::valueOf)
                .filter(count -> count > 0)
                .orElse(null);
    }
}
