package io.github.orderlookup.text;

import java.util.regex.Pattern;

/**
 * Matches a configured pattern against a text from outside in bounded time: a pattern such as
 * {@code (a+)+b} takes twice the time for each character more.
 */
public final class BoundedMatch {

    /** Far more than a sensible pattern needs for a name; some milliseconds. */
    private static final int MOST_READS = 1_000_000;

    private BoundedMatch() {}

    /**
     * Whether the whole text matches.
     *
     * @param text short: the depth of the stack that a pattern takes grows with its length
     * @return false as well when the match was given up
     */
    public static boolean matches(Pattern pattern, String text) {
        try {
            return pattern.matcher(new Counted(text)).matches();
        } catch (GivenUpException | StackOverflowError e) {
            return false;
        }
    }

    private static final class GivenUpException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        GivenUpException() {
            super("too many steps", null, false, false);
        }
    }

    /** Not thread-safe. */
    private static final class Counted implements CharSequence {

        private final String text;
        private int reads;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++reads > MOST_READS) {
                throw new GivenUpException();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
