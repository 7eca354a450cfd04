package io.github.orderlookup.main;

import io.github.orderlookup.settings.SettingsException;
import java.util.List;
import org.apache.camel.PropertyBindingException;
import org.jspecify.annotations.Nullable;

/** Turns Camel's exception for a setting that it refuses into a setting error. */
final class RefusedOptions {

    private static final String PREFIX = "Error configuring property: ";

    private RefusedOptions() {}

    /** The errors of the settings behind a failed start; null when there are none. */
    static @Nullable SettingsException find(Throwable failure) {
        SettingsException errors = Causes.find(SettingsException.class, failure);
        if (errors != null) {
            return errors;
        }
        PropertyBindingException refused = Causes.find(PropertyBindingException.class, failure);
        if (refused != null && refused.getOptionPrefix() != null) {
            return error(refused.getOptionKey());
        }
        String message = String.valueOf(Causes.root(failure).getMessage());
        return message.startsWith(PREFIX)
                ? error(message.substring(PREFIX.length()).split(" ", 2)[0])
                : null;
    }

    private static SettingsException error(String key) {
        return new SettingsException(
                List.of(
                        new SettingsException.SettingError(
                                key,
                                "is no setting of Camel's, or has a value that does not fit",
                                "the keys and values of Camel's documentation")));
    }
}
