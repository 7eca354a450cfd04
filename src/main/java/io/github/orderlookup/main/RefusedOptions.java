package io.github.orderlookup.main;

import io.github.orderlookup.settings.SettingsException;
import java.util.List;
import org.apache.camel.PropertyBindingException;
import org.jspecify.annotations.Nullable;

/** Turns what Camel says of a setting that it cannot take into a fault of the settings. */
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
            return fault(refused.getOptionKey());
        }
        String message = String.valueOf(Causes.root(failure).getMessage());
        return message.startsWith(PREFIX)
                ? fault(message.substring(PREFIX.length()).split(" ", 2)[0])
                : null;
    }

    private static SettingsException fault(String key) {
        return new SettingsException(
                List.of(
                        new SettingsException.SettingError(
                                key,
                                "is no setting of Camel's, or has a value that does not fit",
                                "the keys and values of Camel's documentation")));
    }
}
