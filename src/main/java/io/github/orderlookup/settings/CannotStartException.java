package io.github.orderlookup.settings;

/** What stands in the way of a start and the operator can remove; the message says it all. */
public final class CannotStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CannotStartException(String message) {
        super(message);
    }
}
