package io.github.orderlookup.classification;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One complete response of Partner Center. The body is not copied and must not be changed.
 *
 * @param headers values by name; names compare without case
 * @param body decompressed; empty when there is none
 */
@SuppressWarnings("ArrayRecordComponent") // equals, hashCode and toString look at the bytes
public record UpstreamResponse(int status, Map<String, List<String>> headers, byte[] body) {

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return headers.entrySet().stream()
                .filter(header -> name.equalsIgnoreCase(header.getKey()))
                .flatMap(header -> header.getValue().stream())
                .findFirst();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UpstreamResponse that
                && status == that.status
                && headers.equals(that.headers)
                && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return Objects.hash(status, headers, Arrays.hashCode(body));
    }

    /** Neither headers nor body: both may hold what no log should. */
    @Override
    public String toString() {
        return "Answer[status=" + status + ", " + body.length + " bytes]";
    }
}
