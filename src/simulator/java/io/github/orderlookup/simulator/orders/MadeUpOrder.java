package io.github.orderlookup.simulator.orders;

import java.nio.charset.StandardCharsets;

/** An Order for any customer and any id, in the shape of new-commerce orders, about 850 bytes. */
public final class MadeUpOrder {

    private static final String LINE =
            """
            {"lineItemNumber":%d,"offerId":"CFQ7TTC0LF8S:0002:CFQ7TTC0KZ7B",\
            "subscriptionId":"d41f7b06-92c8-4e35-8a1d-6b3c0f59e274","termDuration":"P1Y",\
            "transactionType":"New","friendlyName":"Team plan","quantity":5,\
            "links":{"product":{"uri":"/products/CFQ7TTC0LF8S?country=DE","method":"GET","headers":[]},\
            "sku":{"uri":"/products/CFQ7TTC0LF8S/skus/0002?country=DE","method":"GET","headers":[]}}}""";

    private static final String ORDER =
            """
            {"id":"%1$s","alternateId":"%1$s","referenceCustomerId":"%2$s","billingCycle":"monthly",\
            "currencyCode":"EUR","currencySymbol":"€","lineItems":[%3$s],\
            "creationDate":"2026-01-15T09:30:12.1234567Z","status":"completed",\
            "transactionType":"UserPurchase","links":{"self":{"uri":"/customers/%2$s/orders/%1$s",\
            "method":"GET","headers":[]}},"client":{},"attributes":{"objectType":"Order"}}""";

    private static final String SUBSCRIPTION =
            "\"subscriptionId\":\"d41f7b06-92c8-4e35-8a1d-6b3c0f59e274\",";

    private MadeUpOrder() {}

    /** An Order in this status. */
    public static byte[] inStatus(String status, String customerId, String orderId) {
        return changed(
                "\"status\":\"completed\"", "\"status\":\"" + status + '"', customerId, orderId);
    }

    /** A completed Order whose line has no subscription yet. */
    public static byte[] unprovisioned(String customerId, String orderId) {
        return changed(SUBSCRIPTION, "", customerId, orderId);
    }

    private static byte[] changed(String old, String text, String customerId, String orderId) {
        return new String(json(customerId, orderId), StandardCharsets.UTF_8)
                .replace(old, text)
                .getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] json(String customerId, String orderId) {
        return text(orderId, customerId, LINE.formatted(0));
    }

    /** An Order with so many lines that it has at least this many bytes. */
    public static byte[] ofAtLeast(long bytes, String customerId, String orderId) {
        StringBuilder lines = new StringBuilder(LINE.formatted(0));
        for (int line = 1; lines.length() < bytes; line++) {
            lines.append(',').append(LINE.formatted(line));
        }
        return text(orderId, customerId, lines.toString());
    }

    private static byte[] text(String orderId, String customerId, String lines) {
        return ORDER.formatted(orderId, customerId.toLowerCase(java.util.Locale.ROOT), lines)
                .getBytes(StandardCharsets.UTF_8);
    }
}
