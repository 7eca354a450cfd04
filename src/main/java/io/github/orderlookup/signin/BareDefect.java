package io.github.orderlookup.signin;

import org.jspecify.annotations.Nullable;

/** A defect's types and places without the messages, which might quote a secret. */
final class BareDefect extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MOST_CAUSES = 10;

    private BareDefect(Throwable defect, @Nullable Throwable cause) {
        super(defect.getClass().getName(), cause);
        setStackTrace(defect.getStackTrace());
    }

    static BareDefect of(Throwable defect) {
        return of(defect, MOST_CAUSES);
    }

    private static BareDefect of(Throwable defect, int most) {
        Throwable cause = defect.getCause();
        return new BareDefect(defect, cause == null || most == 0 ? null : of(cause, most - 1));
    }
}
