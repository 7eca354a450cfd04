package io.github.orderlookup.settings;

import java.util.ArrayList;
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

    /**
     * Reads the settings of our own main: as {@link #read}, and refuses {@linkplain #camelDefaults
     * keys of Camel's own} that are malformed and names that begin like ours but are none.
     *
     * @param keys the keys that are configured, ours and others
     * @param variables the names of the environment variables
     * @throws SettingsException with all faults at once
     */
    public static Settings readForMain(
            Function<String, Optional<String>> source,
            Collection<String> keys,
            Collection<String> variables) {
        List<SettingsException.Fault> faults = new ArrayList<>();
        Settings settings = null;
        try {
            settings = read(source, false);
        } catch (SettingsException e) {
            faults.addAll(e.faults());
        }
        faults.addAll(CamelKeys.faults(source));
        faults.addAll(UnknownKeys.among(keys));
        faults.addAll(UnknownKeys.amongVariables(variables));
        if (settings == null || !faults.isEmpty()) {
            throw new SettingsException(faults);
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
        return CamelKeys.DEFAULTS;
    }
}
