package io.github.orderlookup.settings.reader;

import io.github.orderlookup.settings.Key;
import io.github.orderlookup.settings.SettingsException.SettingError;
import io.github.orderlookup.settings.format.Format;
import io.github.orderlookup.settings.format.MalformedException;
import io.github.orderlookup.settings.source.Placeholders;
import io.github.orderlookup.settings.source.UnreadableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configured texts one by one and collects the errors. A setting with an error yields
 * some value of its type, so that reading goes on and finds the other errors. Not thread-safe.
 */
final class Values {
    private final Function<String, Optional<String>> source;
    private final Placeholders placeholders;
    private final boolean embedded;
    private final Map<Key, List<SettingError>> errors = new EnumMap<>(Key.class);
    private final Map<Key, Text> texts = new EnumMap<>(Key.class);

    /**
     * The text of a setting.
     *
     * @param given whether there is one, right or wrong, blank or not
     * @param text null when none is given, or none that can be read
     */
    private record Text(boolean given, @Nullable String text) {
        boolean isBlank() {
            return text != null && text.isEmpty();
        }
    }

    Values(Function<String, Optional<String>> source, Placeholders placeholders, boolean embedded) {
        this.source = source;
        this.placeholders = placeholders;
        this.embedded = embedded;
    }

    boolean embedded() {
        return embedded;
    }

    /**
     * A setting that has a default. Blank is an error: the routes read the same key as it stands,
     * and would not take the default instead.
     */
    <T> T withDefault(Key key, Format<T> format) {
        Text text = text(key);
        if (text.isBlank()) {
            add(key, "is empty; leave it out to get " + defaultText(key), format.accepted());
        }
        T value = parse(key, text, format);
        return value == null ? parseDefault(key, format) : value;
    }

    /** A setting that must be there. */
    <T> T required(Key key, Format<T> format, T standIn) {
        Text text = text(key);
        if (text.isBlank()) {
            add(key, "is empty", format.accepted());
        } else if (!text.given()) {
            add(key, "is missing", format.accepted());
        }
        T value = parse(key, text, format);
        return value == null ? standIn : value;
    }

    /**
     * A setting that may be missing. Blank counts as missing, but is an error of a {@linkplain
     * Key#isGuarding credential or key}.
     */
    <T> @Nullable T optional(Key key, Format<T> format) {
        Text text = text(key);
        if (text.isBlank() && key.isGuarding()) {
            add(key, "is set and empty", "a value, or leave the key out");
        }
        return parse(key, text, format);
    }

    /** Whether there is more than blanks, right or wrong. */
    boolean isSet(Key key) {
        Text text = text(key);
        return text.given() && !text.isBlank();
    }

    /** Whether nothing is set, and nothing wrong with that was found so far. */
    boolean isMissing(Key key) {
        return !isSet(key) && areValid(key);
    }

    /** Whether nothing wrong was found with any of them so far. */
    boolean areValid(Key... keys) {
        for (Key key : keys) {
            if (errors.containsKey(key)) {
                return false;
            }
        }
        return true;
    }

    /** A value is set in one way: as it is, or in a file. */
    void refuseBoth(Key key, Key inFile) {
        if (isSet(key) && isSet(inFile)) {
            add(inFile, "is set, and so is " + key.text(), "either this or " + key.text());
        }
    }

    /** A setting that means nothing without another one. */
    void requireWith(Key key, Key needed) {
        if (isSet(key) && isMissing(needed)) {
            add(key, "is set without " + needed.text(), "only together with it");
        }
    }

    void add(Key key, String wrong, String accepted) {
        errors.computeIfAbsent(key, k -> new ArrayList<>())
                .add(new SettingError(key.text(), wrong, accepted));
    }

    /** In documented order of the keys. */
    List<SettingError> errors() {
        return errors.values().stream().flatMap(Collection::stream).toList();
    }

    private Text text(Key key) {
        Text known = texts.get(key);
        if (known == null) {
            known = read(key);
            texts.put(key, known);
        }
        return known;
    }

    private Text read(Key key) {
        try {
            String raw = source.apply(key.text()).map(String::strip).orElse(null);
            return new Text(
                    raw != null,
                    raw == null ? null : placeholders.expand(raw, key.isSecret()).strip());
        } catch (MalformedException e) {
            add(key, e.wrong(), Placeholders.ACCEPTED);
        } catch (UnreadableException e) {
            // The source reports the error.
        }
        return new Text(true, null);
    }

    private <T> @Nullable T parse(Key key, Text text, Format<T> format) {
        String value = text.text();
        if (value == null || value.isEmpty()) {
            return null;
        }
        try {
            return format.parse(value);
        } catch (MalformedException e) {
            add(key, e.wrong(), format.accepted());
            return null;
        }
    }

    private <T> T parseDefault(Key key, Format<T> format) {
        try {
            return format.parse(defaultText(key));
        } catch (MalformedException e) {
            throw new IllegalStateException("The default of " + key.text() + " is malformed", e);
        }
    }

    private String defaultText(Key key) {
        String text = key.defaultText(embedded);
        if (text == null) {
            throw new IllegalArgumentException(key.text() + " has no default");
        }
        return text;
    }
}
