package io.github.orderlookup.order;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * A date and time in the characters that Partner Center chose: none to seven digits of a fraction,
 * {@code Z} or an offset.
 *
 * @param text as sent; equality is that of the text
 */
public record DateTimeText(String text) {

    /** The moment that the text names, to its last digit; empty when it names none. */
    public Optional<OffsetDateTime> toOffsetDateTime() {
        try {
            return Optional.of(OffsetDateTime.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The text. */
    @Override
    public String toString() {
        return text;
    }
}
