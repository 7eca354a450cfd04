package io.github.orderlookup.cli.check;

import org.jspecify.annotations.Nullable;

/**
 * One line of the list.
 *
 * @param part what was looked at, such as {@code tls login host}
 * @param text what was found, in plain words and without a secret
 * @param remedy what to do; null when nothing is to be done
 */
record Finding(Mark mark, String part, String text, @Nullable String remedy) {

    /** How it stands. */
    enum Mark {
        OK("ok"),
        /** Works, and somebody should know. */
        NOTE("note"),
        /** Not looked at. */
        SKIPPED("skip"),
        FAULT("FAULT");

        private final String text;

        Mark(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }
}
