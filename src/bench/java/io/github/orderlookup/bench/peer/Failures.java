package io.github.orderlookup.bench.peer;

import org.jspecify.annotations.Nullable;

/** Peers handle no failure: at the first one they end, and the run with them. */
final class Failures {

    private Failures() {}

    static void check(@Nullable Throwable failure) {
        if (failure != null) {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }
}
