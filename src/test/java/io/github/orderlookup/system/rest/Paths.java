package io.github.orderlookup.system.rest;

/** Request targets of the REST endpoint. */
public final class Paths {

    private Paths() {}

    public static String order(String customerSegment, String orderSegment) {
        return "/v1/customers/" + customerSegment + "/orders/" + orderSegment;
    }
}
