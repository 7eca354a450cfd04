package io.github.orderlookup;

/** What stands in the way of a start and the operator can remove; the message says it all. */
final class CannotStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CannotStartException(String message) {
        super(message);
    }
}
