package io.github.orderlookup.camel;

import io.github.orderlookup.settings.Settings;
import io.github.orderlookup.settings.reader.SettingsReader;
import java.util.Optional;
import org.apache.camel.spi.PropertiesComponent;

/**
 * Reads our settings from the properties of a host application, wherever the host keeps them.
 *
 * <p>Each is read as written, and {@link CamelPlaceholders} resolves its placeholders: Camel takes
 * a property whose placeholder cannot be resolved for one that is not set, and braces within a
 * password for a placeholder.
 */
public final class HostConfiguration {

    private static final String AS_WRITTEN = "?nested=false";

    private HostConfiguration() {}

    /**
     * Reads and validates.
     *
     * @throws io.github.orderlookup.settings.SettingsException with all errors at once
     */
    public static Settings read(PropertiesComponent properties) {
        return SettingsReader.read(
                key -> text(properties, key),
                new CamelPlaceholders(properties, System.getenv(), key -> text(properties, key)),
                true);
    }

    private static Optional<String> text(PropertiesComponent properties, String key) {
        String placeholder =
                PropertiesComponent.PREFIX_TOKEN + key + PropertiesComponent.SUFFIX_TOKEN;
        String asked =
                PropertiesComponent.PREFIX_TOKEN
                        + key
                        + AS_WRITTEN
                        + PropertiesComponent.SUFFIX_TOKEN;
        try {
            return Optional.ofNullable(properties.parseUri(asked))
                    .filter(text -> !text.equals(placeholder));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
