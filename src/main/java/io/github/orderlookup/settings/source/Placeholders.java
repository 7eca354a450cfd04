package io.github.orderlookup.settings.source;

import io.github.orderlookup.settings.format.MalformedException;
import java.util.Optional;

/**
 * Resolves placeholders in the texts of settings: {@code {{env:NAME}}}, those of a vault, or
 * another key. Braces that are not closed are text.
 */
@FunctionalInterface
public interface Placeholders {

    /** Resolves none. */
    Placeholders NONE = reference -> Optional.empty();

    /** What the message of a setting error asks for. */
    String ACCEPTED =
            "a placeholder whose value is there when the process starts, or the value itself";

    /**
     * The text that a placeholder stands for.
     *
     * @param reference what is written between the braces, without placeholders of its own
     * @return empty when it cannot be resolved
     */
    Optional<String> resolve(String reference);

    /**
     * The text with each placeholder replaced by its value. Values are not searched again.
     *
     * @param secret whether the text may be a secret: then it is a placeholder only as a whole,
     *     since a password may have braces, and no message shows it
     * @throws MalformedException when a placeholder cannot be resolved
     */
    default String expand(String text, boolean secret) throws MalformedException {
        return secret
                ? PlaceholderText.expandSecret(text, this)
                : PlaceholderText.expand(text, this, 0);
    }
}
