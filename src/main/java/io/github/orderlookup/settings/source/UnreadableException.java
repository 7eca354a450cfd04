package io.github.orderlookup.settings.source;

/** A setting is there and its text cannot be read; its fault is reported where it was found. */
public final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
