package io.github.orderlookup.main;

import org.jspecify.annotations.Nullable;

/** Finds a cause among the exceptions that Camel wraps around it. */
final class Causes {

    private Causes() {}

    static <T extends Throwable> @Nullable T find(Class<T> type, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    /** The last cause. */
    static Throwable root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
