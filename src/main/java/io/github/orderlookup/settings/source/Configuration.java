package io.github.orderlookup.settings.source;

import io.github.orderlookup.settings.SettingsException.SettingError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of our own main as written: a properties file, system properties and
 * environment variables, of which the later wins. Blanks and line ends around a value are not part
 * of it. Immutable.
 */
public final class Configuration {
    private final Map<String, Text> file;
    private final Map<String, Text> system;
    private final Map<String, Text> environment;
    private final List<SettingError> errors;

    /**
     * One value.
     *
     * @param spelled the key as it is spelled where the value was found
     * @param value null when it cannot be read
     */
    record Text(String spelled, @Nullable String value) {}

    private Configuration(
            List<SettingsFile.Line> lines,
            Map<String, String> system,
            Map<String, String> variables) {
        this.file = file(lines);
        this.system = texts(system);
        this.environment = new TreeMap<>(texts(variables));
        this.environment.values().removeIf(Configuration::isOfKubernetes);
        this.errors = new ArrayList<>();
        lines.stream().map(SettingsFile.Line::error).filter(Objects::nonNull).forEach(errors::add);
        errors.addAll(SettingsFile.duplicates(lines));
        errors.addAll(UnknownKeys.among(file.keySet()));
        errors.addAll(UnknownKeys.among(system.keySet()));
        errors.addAll(UnknownKeys.amongVariables(environment.keySet()));
    }

    /**
     * Reads the three sources.
     *
     * @throws SettingsException when the file is there and cannot be read as a whole
     */
    public static Configuration read(
            Path file, Properties system, Map<String, String> environment) {
        Map<String, String> properties = new TreeMap<>();
        system.stringPropertyNames()
                .forEach(name -> properties.put(name, system.getProperty(name)));
        return new Configuration(SettingsFile.read(file), properties, environment);
    }

    /** A configuration of texts alone, as if each stood in a file. */
    public static Configuration of(Map<String, String> file, Map<String, String> environment) {
        List<SettingsFile.Line> lines = new ArrayList<>();
        file.forEach((key, value) -> lines.add(new SettingsFile.Line(0, key, value, null)));
        return new Configuration(lines, Map.of(), environment);
    }

    /**
     * The value that holds for a key, as written.
     *
     * @throws RuntimeException when it is there and cannot be read; {@link #errors} says why
     */
    public Optional<String> text(String key) {
        Text text = environment.get(Names.variable(key));
        text = text == null ? system.get(key) : text;
        text = text == null ? file.get(key) : text;
        if (text != null && text.value() == null) {
            throw new UnreadableException();
        }
        return Optional.ofNullable(text).map(Text::value);
    }

    /** As {@link #text}, empty when the value cannot be read. */
    public Optional<String> readable(String key) {
        try {
            return text(key);
        } catch (UnreadableException e) {
            return Optional.empty();
        }
    }

    /** The keys of Camel's own that are configured, and what holds for each. */
    public List<CamelText> camel() {
        return CamelText.winners(List.of(file, system), environment);
    }

    /** Lines that cannot be read, keys given twice, and names that begin like ours but are none. */
    public List<SettingError> errors() {
        return Collections.unmodifiableList(errors);
    }

    private static boolean isOfKubernetes(Text text) {
        return text.value() != null && Kubernetes.isService(text.spelled(), text.value());
    }

    private static Map<String, Text> texts(Map<String, String> values) {
        Map<String, Text> texts = new LinkedHashMap<>();
        values.forEach((key, value) -> texts.put(key, new Text(key, value.strip())));
        return texts;
    }

    private static Map<String, Text> file(List<SettingsFile.Line> lines) {
        Map<String, Text> texts = new LinkedHashMap<>();
        for (SettingsFile.Line line : lines) {
            String value = line.value();
            texts.put(line.key(), new Text(line.key(), value == null ? null : value.strip()));
        }
        return texts;
    }
}
