package io.github.orderlookup.lookup;

/** The kinds of problem that a lookup can end in; each has one URN, title and HTTP status. */
public enum ProblemType {
    INVALID_REQUEST("invalid-request", "The request is not valid", 400, false),
    CUSTOMER_NOT_FOUND("customer-not-found", "The customer was not found", 404, false),
    ORDER_NOT_FOUND("order-not-found", "The order was not found", 404, false),
    ACCESS_DENIED("access-denied", "Partner Center denied access", 403, false),
    AUTHENTICATION_FAILED(
            "authentication-failed", "The sign-in to Partner Center failed", 502, false),
    THROTTLED("throttled", "Partner Center is throttling requests", 503, true),
    UPSTREAM_UNAVAILABLE("upstream-unavailable", "Partner Center is unavailable", 503, true),
    UPSTREAM_TIMEOUT("upstream-timeout", "Partner Center did not answer in time", 504, true),
    INVALID_UPSTREAM_RESPONSE(
            "invalid-upstream-response", "Partner Center gave an unusable answer", 502, false),
    OUTCOME_TOO_LARGE("outcome-too-large", "The order is too large for its topic", 502, false),
    REPLY_FAILED("reply-failed", "The reply topic did not take the outcome", 502, true),
    DEADLINE_EXCEEDED("deadline-exceeded", "The deadline passed", 504, true),
    OVERLOADED("overloaded", "Too many lookups are under way", 503, true),
    UNAUTHORIZED("unauthorized", "The API key is missing or wrong", 401, false),
    INTERNAL_ERROR("internal-error", "An internal error occurred", 500, false);

    private final String name;
    private final String title;
    private final int status;
    private final boolean retryable;

    ProblemType(String name, String title, int status, boolean retryable) {
        this.name = name;
        this.title = title;
        this.status = status;
        this.retryable = retryable;
    }

    /** The {@code type} member of the problem: a URN, compared as text. */
    public String urn() {
        return "urn:order-lookup:problem:" + name;
    }

    /** The last part of the URN. */
    public String shortName() {
        return name;
    }

    /** The same sentence for every problem of this type. */
    public String title() {
        return title;
    }

    /** The HTTP status that goes with the type, also where no HTTP is spoken. */
    public int status() {
        return status;
    }

    /** Whether the same request may succeed later without a change. */
    public boolean retryable() {
        return retryable;
    }
}
