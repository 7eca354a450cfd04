package io.github.orderlookup.camel;

import org.apache.camel.component.kafka.KafkaConstants;

/**
 * The names of camel-kafka's message headers, as the camel-kafka that runs declares them.
 *
 * <p>They were renamed in Camel 4.21 ({@code kafka.KEY} became {@code CamelKafkaKey}). The compiler
 * copies a constant into the class that uses it, which would then use the names of the Camel that
 * it was compiled against in a host of another version: only this class reads them.
 */
public final class KafkaHeaderNames {

    public static final String TOPIC = declared("TOPIC");
    public static final String PARTITION = declared("PARTITION");
    public static final String OFFSET = declared("OFFSET");
    public static final String TIMESTAMP = declared("TIMESTAMP");
    public static final String KEY = declared("KEY");
    public static final String HEADERS = declared("HEADERS");
    public static final String OVERRIDE_TOPIC = declared("OVERRIDE_TOPIC");
    public static final String PARTITION_KEY = declared("PARTITION_KEY");

    private KafkaHeaderNames() {}

    /**
     * The value of a constant of camel-kafka at run time.
     *
     * @throws IllegalStateException when the camel-kafka that runs has no such constant
     */
    static String declared(String constant) {
        try {
            return (String) KafkaConstants.class.getField(constant).get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "The camel-kafka on the class path names no header "
                            + constant
                            + "; Camel 4.18 to 4.22 is expected",
                    e);
        }
    }
}
