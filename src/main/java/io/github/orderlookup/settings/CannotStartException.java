package io.github.orderlookup.settings;

/** The service cannot start and the operator must act; the message says how. */
public final class CannotStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CannotStartException(String message) {
        super(message);
    }
}
