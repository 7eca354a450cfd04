package io.github.orderlookup.text;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The id that ties a request, its calls and its outcome together: a GUID, as Partner Center wants
 * it.
 */
public final class CorrelationId {

    private static final Pattern GUID =
            Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private CorrelationId() {}

    /** The caller's id if it is a GUID; otherwise a new one. */
    public static String of(@Nullable String given) {
        return given != null && GUID.matcher(given).matches() ? given : Guids.next();
    }
}
