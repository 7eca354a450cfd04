package io.github.orderlookup.text;

import org.jspecify.annotations.Nullable;

/**
 * The id that ties a request, its calls and its outcome together: a GUID, as Partner Center wants
 * it.
 */
public final class CorrelationId {

    private CorrelationId() {}

    /** The caller's id if it is a GUID; otherwise a new one. */
    public static String of(@Nullable String given) {
        return given != null && Guids.isGuid(given) ? given : Guids.next();
    }
}
