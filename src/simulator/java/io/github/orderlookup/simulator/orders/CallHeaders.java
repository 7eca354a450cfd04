package io.github.orderlookup.simulator.orders;

import java.util.List;
import java.util.stream.Stream;

/** What a call to Partner Center may carry: these headers, and no other. */
public final class CallHeaders {

    private static final List<String> ALWAYS =
            List.of(
                    "accept",
                    "accept-encoding",
                    "authorization",
                    "connection",
                    "host",
                    "ms-contract-version",
                    "ms-correlationid",
                    "ms-requestid",
                    "x-locale");

    private CallHeaders() {}

    /** The names of all headers of a call in lower case, with those that a setting adds. */
    public static List<String> names(String... added) {
        return Stream.concat(ALWAYS.stream(), Stream.of(added)).toList();
    }
}
