package io.github.orderlookup.settings;

import io.github.orderlookup.settings.format.Formats;
import io.github.orderlookup.settings.source.CamelKeys;
import io.github.orderlookup.settings.source.Configuration;
import io.github.orderlookup.settings.source.Placeholders;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Everything an operator can set, read once at start. Immutable. Its text form shows no secret.
 *
 * @param logLevel in our own main
 */
public record Settings(
        PartnerCenterSettings partnerCenter,
        LookupSettings lookup,
        KafkaSettings kafka,
        RestSettings rest,
        LogLevel logLevel) {

    /**
     * Reads and validates every setting, including that the files named can be used.
     *
     * @param source key to value as configured, empty when not set
     * @param placeholders answers those in the values
     * @param embedded whether a host application runs us: then the doors are off by default
     * @throws SettingsException with all faults at once
     */
    public static Settings read(
            Function<String, Optional<String>> source,
            Placeholders placeholders,
            boolean embedded) {
        List<SettingsException.SettingError> faults = new ArrayList<>();
        Settings settings = read(source, placeholders, embedded, faults);
        if (!faults.isEmpty()) {
            throw new SettingsException(faults);
        }
        return settings;
    }

    /**
     * Reads the settings of our own main: as {@link #read}, with what else is wrong with its
     * configuration.
     *
     * @param camel the values of Camel's own keys that have a {@linkplain #camelDefaults default}
     * @param others faults that were found elsewhere
     * @throws SettingsException with all faults at once
     */
    public static Settings readForMain(
            Configuration configuration,
            Placeholders placeholders,
            Function<String, Optional<String>> camel,
            List<SettingsException.SettingError> others) {
        List<SettingsException.SettingError> faults = new ArrayList<>();
        Settings settings = read(configuration::text, placeholders, false, faults);
        faults.addAll(CamelKeys.faults(camel));
        faults.addAll(configuration.faults());
        faults.addAll(others);
        if (!faults.isEmpty()) {
            throw new SettingsException(faults);
        }
        return settings;
    }

    private static Settings read(
            Function<String, Optional<String>> source,
            Placeholders placeholders,
            boolean embedded,
            List<SettingsException.SettingError> faults) {
        Values values = new Values(source, placeholders, embedded);
        LookupReader lookup = new LookupReader(values);
        Settings settings =
                new Settings(
                        new PartnerCenterReader(values).read(),
                        lookup.lookup(),
                        lookup.kafka(),
                        new RestReader(values).read(),
                        values.withDefault(Key.LOG_LEVEL, Formats.LOG_LEVEL));
        faults.addAll(values.faults());
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
