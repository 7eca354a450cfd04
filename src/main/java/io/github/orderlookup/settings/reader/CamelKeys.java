package io.github.orderlookup.settings.reader;

import io.github.orderlookup.settings.SettingsException.SettingError;
import io.github.orderlookup.settings.format.Format;
import io.github.orderlookup.settings.format.Formats;
import io.github.orderlookup.settings.format.HostFormats;
import io.github.orderlookup.settings.format.MalformedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Camel's own keys that have a default in our own main. Camel takes some malformed values for
 * others: a port that is no number for any free port.
 */
public final class CamelKeys {
    public static final Map<String, String> DEFAULTS =
            Map.of(
                    "camel.component.kafka.brokers", "localhost:9092",
                    "camel.management.host", "127.0.0.1",
                    "camel.management.port", "9876");

    private static final Map<String, Format<?>> FORMATS = formats();

    private CamelKeys() {}

    private static Map<String, Format<?>> formats() {
        Map<String, Format<?>> formats = new LinkedHashMap<>();
        formats.put("camel.component.kafka.brokers", HostFormats.BROKERS);
        formats.put("camel.management.host", HostFormats.HOST);
        formats.put("camel.management.port", Formats.wholeNumber(1, 65_535));
        return formats;
    }

    public static List<SettingError> errors(Function<String, Optional<String>> source) {
        return FORMATS.entrySet().stream()
                .flatMap(key -> error(source, key.getKey(), key.getValue()))
                .toList();
    }

    private static Stream<SettingError> error(
            Function<String, Optional<String>> source, String key, Format<?> format) {
        String text = source.apply(key).orElseGet(() -> DEFAULTS.getOrDefault(key, ""));
        if (text.isBlank()) {
            return Stream.of(new SettingError(key, "is empty", format.accepted()));
        }
        try {
            format.parse(text);
            return Stream.empty();
        } catch (MalformedException e) {
            return Stream.of(new SettingError(key, e.wrong(), format.accepted()));
        }
    }
}
