package io.github.orderlookup.order;

import io.github.orderlookup.order.json.JsonValue;
import io.github.orderlookup.order.json.JsonView;
import java.util.Optional;

/** Links of an {@link OrderLineItem}, each optional. Immutable and thread-safe. */
public final class OrderLineItemLinks extends JsonView {

    OrderLineItemLinks(JsonValue document) {
        super(document);
    }

    /** The catalog's product. */
    public Optional<Link> product() {
        return object("product", Link::new);
    }

    /** The catalog's SKU. */
    public Optional<Link> sku() {
        return object("sku", Link::new);
    }

    /** The catalog's availability. */
    public Optional<Link> availability() {
        return object("availability", Link::new);
    }

    /** The subscription; on legacy licences, once provisioned. */
    public Optional<Link> subscription() {
        return object("subscription", Link::new);
    }

    /**
     * How far provisioning has come; on some legacy orders, and without the customer in the URI, so
     * that it leads nowhere.
     */
    public Optional<Link> provisioningStatus() {
        return object("provisioningStatus", Link::new);
    }

    /** Where the customer activates what a marketplace sold; what it leads to is a secret. */
    public Optional<Link> activationLinks() {
        return object("activationLinks", Link::new);
    }
}
