package io.github.orderlookup.simulator.orders;

import io.github.orderlookup.simulator.http.Reply;

/** The refusal of API Management: shape C, {@code Retry-After}, no header of Partner Center. */
public final class Throttled {

    private Throttled() {}

    public static Reply reply(int retryAfterSeconds) {
        return reply(Integer.toString(retryAfterSeconds), retryAfterSeconds + " seconds");
    }

    /**
     * @param retryAfter the header as it goes out: seconds or an HTTP date
     */
    public static Reply reply(String retryAfter, String inWords) {
        String message = "Rate limit is exceeded. Try again in " + inWords + ".";
        return Reply.of(
                        429,
                        "application/json",
                        "{ \"statusCode\": 429, \"message\": \"" + message + "\" }")
                .with("Retry-After", retryAfter);
    }
}
