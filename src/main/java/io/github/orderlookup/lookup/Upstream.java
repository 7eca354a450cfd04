package io.github.orderlookup.lookup;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What Partner Center said in an answer that was no order.
 *
 * @param status the HTTP status
 * @param code the error code as text, cut at 64 characters
 * @param description the text for people, cut at 1,024 characters
 * @param source the service that refused, cut at 256 characters
 */
public record Upstream(
        int status, @Nullable String code, @Nullable String description, @Nullable String source)
        implements Serializable {

    private static final int MAX_CODE = 64;
    private static final int MAX_DESCRIPTION = 1_024;
    private static final int MAX_SOURCE = 256;

    public Upstream {
        code = cut(code, MAX_CODE);
        description = cut(description, MAX_DESCRIPTION);
        source = cut(source, MAX_SOURCE);
    }

    /** An answer of which only the status is known. */
    public static Upstream ofStatus(int status) {
        return new Upstream(status, null, null, null);
    }

    /** Never inside a surrogate pair. */
    private static @Nullable String cut(@Nullable String text, int max) {
        if (text == null || text.length() <= max) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
    }
}
