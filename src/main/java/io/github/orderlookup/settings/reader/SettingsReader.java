package io.github.orderlookup.settings.reader;

import io.github.orderlookup.settings.Key;
import io.github.orderlookup.settings.Settings;
import io.github.orderlookup.settings.SettingsException;
import io.github.orderlookup.settings.SettingsException.SettingError;
import io.github.orderlookup.settings.format.Formats;
import io.github.orderlookup.settings.source.Configuration;
import io.github.orderlookup.settings.source.Placeholders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads and validates every setting, including that the files named can be used. */
public final class SettingsReader {
    private SettingsReader() {}

    /**
     * Reads the settings from any source.
     *
     * @param source key to value as configured, empty when not set
     * @param placeholders resolves those in the values
     * @param embedded whether a host application runs us: then the endpoints are off by default
     * @throws SettingsException with all errors at once
     */
    public static Settings read(
            Function<String, Optional<String>> source,
            Placeholders placeholders,
            boolean embedded) {
        return read(new Values(source, placeholders, embedded), List.of(), false);
    }

    /**
     * Reads the settings of our own main.
     *
     * @param camel the values of the {@link CamelKeys}
     * @param others errors that were found elsewhere
     * @param signsIn whether a user is about to sign in, so that no refresh token is missing
     * @throws SettingsException with all errors at once
     */
    public static Settings readForMain(
            Configuration configuration,
            Placeholders placeholders,
            Function<String, Optional<String>> camel,
            List<SettingError> others,
            boolean signsIn) {
        List<SettingError> errors = new ArrayList<>(CamelKeys.errors(camel));
        errors.addAll(configuration.errors());
        errors.addAll(others);
        return read(new Values(configuration::text, placeholders, false), errors, signsIn);
    }

    private static Settings read(Values values, List<SettingError> others, boolean signsIn) {
        LookupReader lookup = new LookupReader(values);
        Settings settings =
                new Settings(
                        new PartnerCenterReader(values, signsIn).read(),
                        lookup.lookup(),
                        lookup.kafka(),
                        new RestReader(values).read(),
                        values.withDefault(Key.LOG_LEVEL, Formats.LOG_LEVEL));
        List<SettingError> errors = new ArrayList<>(values.errors());
        errors.addAll(others);
        if (!errors.isEmpty()) {
            throw new SettingsException(errors);
        }
        return settings;
    }
}
