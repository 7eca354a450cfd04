package io.github.orderlookup.settings.format;

/** A text that is no value of its setting; the message says what is wrong, and shows no secret. */
public final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedException(String wrong) {
        super(wrong);
    }

    public String wrong() {
        return String.valueOf(getMessage());
    }
}
