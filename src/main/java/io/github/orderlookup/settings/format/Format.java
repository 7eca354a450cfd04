package io.github.orderlookup.settings.format;

/**
 * Converts the text of a setting to its value.
 *
 * @param accepted what may be written, in words
 */
public record Format<T>(String accepted, Parser<T> parser) {

    /** Reads a text that is not blank. */
    @FunctionalInterface
    interface Parser<T> {
        T parse(String text) throws MalformedException;
    }

    public T parse(String text) throws MalformedException {
        return parser.parse(text);
    }
}
