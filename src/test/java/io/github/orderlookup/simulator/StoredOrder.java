package io.github.orderlookup.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** An Order document as it goes out, with and without its prices. */
final class StoredOrder {

    private final String customerId;
    private final byte[] priced;
    private final byte[] unpriced;

    StoredOrder(String customerId, String text, JsonNode document) {
        this.customerId = customerId;
        this.priced = MinifiedJson.of(text).getBytes(StandardCharsets.UTF_8);
        this.unpriced =
                hasPrices(document)
                        ? withoutPrices(document).getBytes(StandardCharsets.UTF_8)
                        : priced;
    }

    String customerId() {
        return customerId;
    }

    byte[] json(boolean includePrice) {
        return includePrice ? priced : unpriced;
    }

    private static boolean hasPrices(JsonNode document) {
        return document.has("totalPrice") || document.findValue("pricing") != null;
    }

    private static String withoutPrices(JsonNode document) {
        ObjectNode order = document.deepCopy();
        order.remove("totalPrice");
        for (JsonNode line : order.path("lineItems")) {
            ((ObjectNode) line).remove("pricing");
        }
        return order.toString();
    }
}
