package io.github.orderlookup.bench.upstream;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** Orders of a given size, in the shape of the real ones: a byte-order mark, then compact JSON. */
final class OrderBody {

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String REST =
            """
            "billingCycle":"monthly","currencyCode":"EUR","currencySymbol":"€","lineItems":[%s],\
            "creationDate":"2026-01-15T09:30:12.1234567Z","status":"completed",\
            "transactionType":"UserPurchase","client":{},"attributes":{"objectType":"Order"}}""";
    private static final String LINE =
            """
            {"lineItemNumber":%d,"offerId":"CFQ7TTC0LF8S:0002:CFQ7TTC0KZ7B",\
            "termDuration":"P1Y","transactionType":"New","friendlyName":"%s","quantity":5,\
            "links":{"product":{"uri":"/products/CFQ7TTC0LF8S","method":"GET","headers":[]}}}""";
    private static final int IDS = 110;

    private final byte[] rest;

    /**
     * @param bytes of a whole Order, about; at least some 700
     */
    OrderBody(int bytes) {
        StringBuilder lines = new StringBuilder(LINE.formatted(0, "Team plan"));
        int fixed = REST.length() + IDS;
        for (int line = 1; lines.length() + fixed + LINE.length() < bytes; line++) {
            lines.append(',').append(LINE.formatted(line, "Team plan"));
        }
        int missing = Math.max(0, bytes - fixed - lines.length());
        int end = lines.indexOf("Team plan");
        lines.insert(end, "x".repeat(missing));
        rest = REST.formatted(lines).getBytes(StandardCharsets.UTF_8);
    }

    Buffer of(String customerId, String orderId) {
        return Buffer.buffer(rest.length + 2 * IDS)
                .appendString(
                        BYTE_ORDER_MARK
                                + "{\"id\":\""
                                + orderId
                                + "\",\"referenceCustomerId\":\""
                                + customerId
                                + "\",")
                .appendBytes(rest);
    }
}
