package io.github.orderlookup.settings.source;

/** The text of a setting cannot be read; its source reports the error. */
public final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
