package io.github.orderlookup.rest;

/** Request targets of the REST door. */
final class Paths {

    private Paths() {}

    static String order(String customerSegment, String orderSegment) {
        return "/v1/customers/" + customerSegment + "/orders/" + orderSegment;
    }
}
