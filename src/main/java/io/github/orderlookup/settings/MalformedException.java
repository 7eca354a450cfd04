package io.github.orderlookup.settings;

/** A text that is no value of its setting; the message says what is wrong, and shows no secret. */
final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String wrong) {
        super(wrong);
    }

    String wrong() {
        return String.valueOf(getMessage());
    }
}
