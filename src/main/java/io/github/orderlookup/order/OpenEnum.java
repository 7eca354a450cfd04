package io.github.orderlookup.order;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One of a set of values that Partner Center may extend at any time: known ones are constants, and
 * unknown ones are values like any other. Equality ignores case and {@code _}, as the same value
 * comes as {@code one_time}, {@code OneTime} and {@code ONETIME}. Immutable and thread-safe.
 */
abstract class OpenEnum {

    private final String text;

    OpenEnum(String text) {
        this.text = text;
    }

    /** As sent. */
    public final String text() {
        return text;
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof OpenEnum value
                && value.getClass() == getClass()
                && value.normal().equals(normal());
    }

    @Override
    public final int hashCode() {
        return normal().hashCode();
    }

    /** The text as sent. */
    @Override
    public final String toString() {
        return text;
    }

    private String normal() {
        return text.replace("_", "").toLowerCase(Locale.ROOT);
    }
}
