package io.github.orderlookup.rest;

import org.jspecify.annotations.Nullable;

/**
 * The caller of one REST request, who may hang up before the answer. Known in our own main alone:
 * the HTTP consumers of hosts do not say when a connection ends.
 *
 * <p>Thread-safe.
 */
final class Caller {

    /** The name of the exchange property that holds the caller. */
    static final String PROPERTY = "order-lookup-caller";

    private boolean isGone;
    private @Nullable Runnable listener;

    /**
     * Sets what follows when the caller has hung up.
     *
     * @param action run once; at once when the caller is gone already
     */
    void onGone(Runnable action) {
        if (!setListener(action)) {
            action.run();
        }
    }

    private synchronized boolean setListener(Runnable action) {
        listener = isGone ? null : action;
        return !isGone;
    }

    /** The connection has ended without an answer. */
    void hangUp() {
        Runnable action = takeListener();
        if (action != null) {
            action.run();
        }
    }

    private synchronized @Nullable Runnable takeListener() {
        isGone = true;
        Runnable action = listener;
        listener = null;
        return action;
    }
}
