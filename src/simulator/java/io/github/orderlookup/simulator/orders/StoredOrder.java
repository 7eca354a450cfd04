package io.github.orderlookup.simulator.orders;

import java.nio.charset.StandardCharsets;

/** An Order document as it goes out, with and without its prices. */
public final class StoredOrder {

    private final String customerId;
    private final String orderId;
    private final byte[] priced;
    private final byte[] unpriced;

    StoredOrder(String customerId, String orderId, String document) {
        this.customerId = customerId;
        this.orderId = orderId;
        String minified = MinifiedJson.of(document);
        this.priced = minified.getBytes(StandardCharsets.UTF_8);
        this.unpriced = Prices.cutOutOf(minified).getBytes(StandardCharsets.UTF_8);
    }

    public String customerId() {
        return customerId;
    }

    public String orderId() {
        return orderId;
    }

    /** The minified JSON in UTF-8, without the byte-order mark. */
    public byte[] json(boolean includePrice) {
        return (includePrice ? priced : unpriced).clone();
    }
}
