package io.github.orderlookup.simulator;

/** The refusal of API Management: shape C, {@code Retry-After}, no header of Partner Center. */
final class Throttled {

    private Throttled() {}

    static Reply reply(int retryAfterSeconds) {
        return reply(Integer.toString(retryAfterSeconds), retryAfterSeconds + " seconds");
    }

    /**
     * @param retryAfter the header as it goes out: seconds or an HTTP date
     */
    static Reply reply(String retryAfter, String inWords) {
        String message = "Rate limit is exceeded. Try again in " + inWords + ".";
        return Reply.of(
                        429,
                        "application/json",
                        "{ \"statusCode\": 429, \"message\": \"" + message + "\" }")
                .with("Retry-After", retryAfter);
    }
}
