package io.github.orderlookup.camel;

import io.github.orderlookup.lookup.HeaderNames;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Gives the headers of an outcome record their exact documented names.
 *
 * <p>The names of a Camel message ignore case, and since 4.22 Camel writes those that it knows in
 * its own way: {@code content-type} becomes {@code Content-Type}. To Kafka these are two headers.
 *
 * <p>Thread-safe. Public for Kafka, which makes it.
 */
public final class ExactHeaderNames implements ProducerInterceptor<Object, Object> {

    private static final List<String> EXACT =
            List.of(
                    "content-type",
                    HeaderNames.EVENT_VERSION,
                    HeaderNames.EVENT_ID,
                    HeaderNames.EVENT_SOURCE,
                    HeaderNames.EVENT_TYPE,
                    HeaderNames.EVENT_TIME,
                    HeaderNames.EVENT_SUBJECT,
                    HeaderNames.EVENT_CAUSE,
                    HeaderNames.CORRELATION_ID,
                    HeaderNames.REQUEST_ID,
                    HeaderNames.ATTEMPTS,
                    HeaderNames.SETTLED,
                    HeaderNames.STATE,
                    HeaderNames.TRACE_PARENT,
                    HeaderNames.SPRING_CORRELATION_ID);

    private static final Set<String> AS_PROMISED = Set.copyOf(EXACT);
    private static final Map<String, String> IGNORING_CASE =
            new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    static {
        EXACT.forEach(name -> IGNORING_CASE.put(name, name));
    }

    /** Adds this interceptor to those of a producer. */
    public static void addTo(Properties producer) {
        Object others = producer.get(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG);
        String ours = ExactHeaderNames.class.getName();
        producer.put(
                ProducerConfig.INTERCEPTOR_CLASSES_CONFIG,
                others == null || others.toString().isBlank() ? ours : others + "," + ours);
    }

    @Override
    public ProducerRecord<Object, Object> onSend(ProducerRecord<Object, Object> sent) {
        Headers headers = sent.headers();
        for (Header header : headers.toArray()) {
            String exact =
                    AS_PROMISED.contains(header.key()) ? null : IGNORING_CASE.get(header.key());
            if (exact != null) {
                headers.remove(header.key()).add(exact, header.value());
            }
        }
        return sent;
    }

    @Override
    public void onAcknowledgement(
            @Nullable RecordMetadata metadata, @Nullable Exception exception) {
        // Changes names only.
    }

    @Override
    public void close() {
        // Holds no resources.
    }

    @Override
    public void configure(Map<String, ?> configuration) {
        // Has no options.
    }
}
