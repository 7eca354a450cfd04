package io.github.orderlookup.camel;

import io.github.orderlookup.settings.CannotStartException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;

/**
 * Refuses a host's Camel that is too old for the routes, before the first request fails.
 *
 * <p>Camel 4.18 and 4.22 are tested. Older versions lack features that the routes use; newer ones
 * are accepted.
 */
public final class CamelVersion {

    private static final int MAJOR = 4;
    private static final int OLDEST_MINOR = 18;
    private static final Pattern VERSION = Pattern.compile("(\\d{1,9})\\.(\\d{1,9})(?:\\D.*)?");
    private static final String KAFKA = "org.apache.camel.component.kafka.KafkaComponent";

    private CamelVersion() {}

    /**
     * Checks the version, and that camel-kafka is there when it is needed.
     *
     * @param kafka whether the Kafka endpoint is enabled
     * @throws CannotStartException when the operator has to choose another version, or to add a
     *     library
     */
    public static void check(CamelContext camel, boolean kafka) {
        String version = camel.getVersion();
        if (isTooOld(version)) {
            throw new CannotStartException(
                    "order-lookup cannot start: it needs Camel 4.18 or later, and this is Camel "
                            + version
                            + ".");
        }
        if (kafka && camel.getClassResolver().resolveClass(KAFKA) == null) {
            throw new CannotStartException(
                    "order-lookup cannot start: order-lookup.kafka.enabled is true, and"
                            + " org.apache.camel:camel-kafka is not on the class path. Add it, in"
                            + " the version of the other Camel libraries, or switch the Kafka"
                            + " endpoint off.");
        }
    }

    /** False for a version that cannot be read: a host may be packed in one jar without it. */
    static boolean isTooOld(String version) {
        Matcher parts = VERSION.matcher(version == null ? "" : version);
        if (!parts.matches()) {
            return false;
        }
        int major = Integer.parseInt(parts.group(1));
        return major < MAJOR || (major == MAJOR && Integer.parseInt(parts.group(2)) < OLDEST_MINOR);
    }
}
