package io.github.orderlookup.lookup;

import org.jspecify.annotations.Nullable;

/**
 * Reads and checks requests, whatever form they come in. Every failure is an {@link
 * OrderLookupException} of type {@code invalid-request} whose detail names the member.
 */
public final class RequestReader {

    private RequestReader() {}

    public static OrderLookupRequest read(@Nullable Object body) {
        if (body instanceof OrderLookupRequest request) {
            return request;
        }
        throw new OrderLookupException(
                Problem.of(ProblemType.INVALID_REQUEST, "The request cannot be read."));
    }
}
