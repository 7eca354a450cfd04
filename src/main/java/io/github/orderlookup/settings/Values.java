package io.github.orderlookup.settings;

import io.github.orderlookup.settings.SettingsException.Fault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The configured texts, read one by one, with the faults met on the way. A faulty setting yields
 * some value of its type, so that reading goes on and finds the other faults. Not thread-safe.
 */
final class Values {
    private final Function<String, Optional<String>> source;
    private final boolean embedded;
    private final Map<Key, List<Fault>> faults = new EnumMap<>(Key.class);

    Values(Function<String, Optional<String>> source, boolean embedded) {
        this.source = source;
        this.embedded = embedded;
    }

    boolean embedded() {
        return embedded;
    }

    /**
     * A setting that has a default. Blank is a fault here: the routes read the same key as it
     * stands, and would not take the default instead.
     */
    <T> T withDefault(Key key, Format<T> format) {
        String text = source.apply(key.text()).orElse(null);
        if (text != null && text.isBlank()) {
            add(key, "is empty; leave it out to get " + defaultText(key), format.accepted());
            text = null;
        }
        T value = text == null ? null : parse(key, text, format);
        return value == null ? parseDefault(key, format) : value;
    }

    /** A setting that must be there. */
    <T> T required(Key key, Format<T> format, T standIn) {
        if (!isSet(key)) {
            add(key, "is missing", format.accepted());
        }
        T value = optional(key, format);
        return value == null ? standIn : value;
    }

    /** A setting that may be missing, which blank is too. */
    <T> @Nullable T optional(Key key, Format<T> format) {
        String text = isSet(key) ? source.apply(key.text()).orElse(null) : null;
        return text == null ? null : parse(key, text, format);
    }

    /** Whether there is more than blanks, right or wrong. */
    boolean isSet(Key key) {
        return source.apply(key.text()).filter(text -> !text.isBlank()).isPresent();
    }

    /** Whether nothing wrong was found with any of them so far. */
    boolean areSound(Key... keys) {
        for (Key key : keys) {
            if (faults.containsKey(key)) {
                return false;
            }
        }
        return true;
    }

    void add(Key key, String wrong, String accepted) {
        faults.computeIfAbsent(key, k -> new ArrayList<>())
                .add(new Fault(key.text(), wrong, accepted));
    }

    /** In documented order of the keys. */
    List<Fault> faults() {
        return faults.values().stream().flatMap(Collection::stream).toList();
    }

    private <T> @Nullable T parse(Key key, String text, Format<T> format) {
        try {
            return format.parse(text);
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
