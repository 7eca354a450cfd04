package io.github.orderlookup.camel;

import io.github.orderlookup.settings.format.MalformedException;
import io.github.orderlookup.settings.source.Names;
import io.github.orderlookup.settings.source.Placeholders;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.spi.PropertiesFunction;

/**
 * Resolves placeholders as Camel does: by its functions ({@code env:}, {@code sys:}, those of
 * vaults), else by another key, else by the default that is written behind a colon.
 *
 * <p>Camel itself does not resolve them, since it logs the values, takes braces within a value for
 * further placeholders, and upper-cases names of variables by the locale of the JVM. Not
 * thread-safe.
 */
public final class CamelPlaceholders implements Placeholders {

    /**
     * Names of functions that Camel has with one library or another. Where the library is missing
     * the rest of such a placeholder is no default.
     */
    private static final Set<String> FUNCTIONS =
            Set.of(
                    "aws",
                    "azure",
                    "bean",
                    "configmap",
                    "configmap-binary",
                    "cyberark",
                    "file",
                    "gcp",
                    "hashicorp",
                    "ibm",
                    "kubernetes",
                    "ref",
                    "secret",
                    "secret-binary",
                    "vault");

    private static final int DEEPEST = 10;

    private final PropertiesComponent properties;
    private final Map<String, String> environment;
    private final Function<String, Optional<String>> keys;
    private int depth;

    /**
     * @param keys the texts of other keys, as written
     */
    public CamelPlaceholders(
            PropertiesComponent properties,
            Map<String, String> environment,
            Function<String, Optional<String>> keys) {
        this.properties = properties;
        this.environment = environment;
        this.keys = keys;
    }

    @Override
    public Optional<String> resolve(String reference) {
        int colon = reference.indexOf(':');
        String name = colon < 0 ? reference : reference.substring(0, colon);
        String rest = colon < 0 ? "" : reference.substring(colon + 1);
        if (colon > 0 && name.equals("env")) {
            return variable(rest);
        }
        PropertiesFunction function = colon > 0 ? properties.getPropertiesFunction(name) : null;
        if (function != null) {
            return apply(function, rest);
        }
        Optional<String> value = key(name);
        return value.isPresent() || colon < 0 || FUNCTIONS.contains(name)
                ? value
                : Optional.of(rest);
    }

    private Optional<String> variable(String reference) {
        String[] parts = reference.split(":", 2);
        String value = environment.get(parts[0]);
        value = value == null ? environment.get(Names.variable(parts[0])) : value;
        return Optional.ofNullable(value == null && parts.length > 1 ? parts[1] : value);
    }

    private static Optional<String> apply(PropertiesFunction function, String argument) {
        try {
            return Optional.ofNullable(function.apply(argument));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** The value of another key, whose own placeholders are resolved too, in a circle or not. */
    private Optional<String> key(String name) {
        if (depth >= DEEPEST) {
            return Optional.empty();
        }
        depth++;
        try {
            return keys.apply(name).flatMap(this::expanded);
        } finally {
            depth--;
        }
    }

    private Optional<String> expanded(String text) {
        try {
            return Optional.of(expand(text, false));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }
}
