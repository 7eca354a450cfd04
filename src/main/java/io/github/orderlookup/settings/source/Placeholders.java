package io.github.orderlookup.settings.source;

import io.github.orderlookup.settings.format.MalformedException;
import java.util.Optional;

/**
 * Answers placeholders in the texts of settings: {@code {{env:NAME}}}, those of a vault, or another
 * key.
 */
@FunctionalInterface
public interface Placeholders {

    /** Knows none. */
    Placeholders NONE = reference -> Optional.empty();

    /**
     * The text that a placeholder stands for.
     *
     * @param reference what is written between the braces, without placeholders of its own
     * @return empty when it cannot be resolved
     */
    Optional<String> resolve(String reference);

    /**
     * A text with each of its placeholders replaced.
     *
     * @return empty when one of them cannot be resolved
     */
    default Optional<String> expanded(String text) {
        try {
            return Optional.of(PlaceholderText.expand(text, this));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }
}
