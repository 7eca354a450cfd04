package io.github.orderlookup.settings.source;

import io.github.orderlookup.settings.SettingsException.SettingError;
import io.github.orderlookup.settings.format.MalformedException;
import io.github.orderlookup.settings.source.Configuration.Text;
import io.github.orderlookup.text.Quoted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A setting of Camel's own, as configured.
 *
 * @param bare the key in lower case and without hyphens: Camel takes {@code saslMechanism} and
 *     {@code sasl-mechanism} for the same
 * @param spelled the key, or the variable, as it is spelled where the value was found
 * @param ofVariable whether it was found in the environment
 * @param value null when it cannot be read
 */
public record CamelText(String bare, String spelled, boolean ofVariable, @Nullable String value) {
    private static final String PREFIX = "camel.";
    private static final String KAFKA = "CAMEL_COMPONENT_KAFKA_";
    private static final Pattern VARIABLE = Pattern.compile("CAMEL_([A-Z0-9]+)_([A-Z0-9_]+)");

    /** The names of Kafka's own settings are kept as they are. */
    private static final Pattern ADDITIONAL =
            Pattern.compile(
                    "(.*\\.additional-?properties)(?:\\.|\\[)(.+?)]?", Pattern.CASE_INSENSITIVE);

    /**
     * The value with its placeholders resolved, without blanks around it.
     *
     * @param secret whether it must not be seen: then it is a placeholder only as a whole
     * @param errors where to add the error of a placeholder that cannot be resolved
     * @return null when there is an error
     */
    public @Nullable String expanded(
            Placeholders placeholders, boolean secret, List<SettingError> errors) {
        if (value == null) {
            return null;
        }
        try {
            return placeholders.expand(value, secret).strip();
        } catch (MalformedException e) {
            errors.add(new SettingError(Quoted.escaped(spelled), e.wrong(), Placeholders.ACCEPTED));
            return null;
        }
    }

    /** For each key the last source that has it wins, and the environment over all. */
    static List<CamelText> winners(List<Map<String, Text>> sources, Map<String, Text> environment) {
        Map<String, CamelText> winners = new LinkedHashMap<>();
        Stream.concat(
                        sources.stream()
                                .flatMap(source -> source.values().stream())
                                .map(CamelText::of),
                        environment.values().stream().map(CamelText::ofVariable))
                .filter(text -> !text.bare().isEmpty())
                .forEach(text -> winners.put(text.bare(), text));
        return List.copyOf(winners.values());
    }

    /** The key without what Camel ignores. A key that is not Camel's is returned as it is. */
    static String bare(String key) {
        if (!key.toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
            return key;
        }
        Matcher additional = ADDITIONAL.matcher(key);
        return additional.matches()
                ? strip(additional.group(1)) + "." + additional.group(2)
                : strip(key);
    }

    private static String strip(String key) {
        return key.replace("-", "").toLowerCase(Locale.ROOT);
    }

    private static CamelText of(Text text) {
        String bare = bare(text.spelled());
        return new CamelText(
                bare.startsWith(PREFIX) ? bare : "", text.spelled(), false, text.value());
    }

    private static CamelText ofVariable(Text text) {
        return new CamelText(ofVariable(text.spelled()), text.spelled(), true, text.value());
    }

    private static String ofVariable(String variable) {
        Matcher name = VARIABLE.matcher(variable);
        if (variable.startsWith(KAFKA) && variable.length() > KAFKA.length()) {
            return "camel.component.kafka." + joined(variable.substring(KAFKA.length()));
        }
        return name.matches() && !name.group(1).equals("COMPONENT")
                ? PREFIX + joined(name.group(1)) + "." + joined(name.group(2))
                : "";
    }

    private static String joined(String words) {
        return words.replace("_", "").toLowerCase(Locale.ROOT);
    }
}
