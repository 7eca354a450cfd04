package io.github.orderlookup.lookup;

import io.github.orderlookup.text.VisibleText;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What Partner Center said in an answer that was no order. Characters that do not print as
 * themselves are escaped ({@link VisibleText}); no text is cut inside a pair or an escape.
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
        code = VisibleText.ofLines(code, MAX_CODE);
        description = VisibleText.ofLines(description, MAX_DESCRIPTION);
        source = VisibleText.ofLines(source, MAX_SOURCE);
    }
}
