package io.github.orderlookup.settings;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Everything an operator can set, read once at start. Immutable. Its text form shows no secret. */
public record Settings(
        PartnerCenterSettings partnerCenter,
        LookupSettings lookup,
        KafkaSettings kafka,
        RestSettings rest) {

    private static final Map<String, String> CAMEL_DEFAULTS =
            Map.of(
                    "camel.component.kafka.brokers", "localhost:9092",
                    "camel.management.host", "127.0.0.1",
                    "camel.management.port", "9876");

    /**
     * Reads and validates every setting, including that the files named can be used.
     *
     * @param source key to value as configured, empty when not set
     * @param embedded whether a host application runs us: then the doors are off by default
     * @throws SettingsException with all faults at once
     */
    public static Settings read(Function<String, Optional<String>> source, boolean embedded) {
        Values values = new Values(source, embedded);
        LookupReader lookup = new LookupReader(values);
        Settings settings =
                new Settings(
                        new PartnerCenterReader(values).read(),
                        lookup.lookup(),
                        lookup.kafka(),
                        new RestReader(values).read());
        if (!values.faults().isEmpty()) {
            throw new SettingsException(values.faults());
        }
        return settings;
    }

    /** Every key of ours that has a default, with that default as text, in documented order. */
    public static Map<String, String> defaults(boolean embedded) {
        Map<String, String> defaults = new LinkedHashMap<>();
        for (Key key : Key.values()) {
            String text = key.defaultText(embedded);
            if (text != null) {
                defaults.put(key.text(), text);
            }
        }
        return Collections.unmodifiableMap(defaults);
    }

    /**
     * Keys of Camel's own that have a default in our own main. A host application keeps its own.
     */
    public static Map<String, String> camelDefaults() {
        return CAMEL_DEFAULTS;
    }

    /**
     * Faults of the keys that begin like ours but are none: mistyped, most likely. {@link #read}
     * cannot see them; a caller that can list what is configured may.
     */
    public static List<SettingsException.Fault> unknown(Collection<String> keys) {
        return UnknownKeys.among(keys);
    }
}
