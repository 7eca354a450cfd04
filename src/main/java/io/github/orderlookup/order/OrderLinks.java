package io.github.orderlookup.order;

import io.github.orderlookup.order.json.JsonValue;
import io.github.orderlookup.order.json.JsonView;
import java.util.Optional;

/** Links of an {@link Order}, each optional. Immutable and thread-safe. */
public final class OrderLinks extends JsonView {

    OrderLinks(JsonValue document) {
        super(document);
    }

    /** The order. */
    public Optional<Link> self() {
        return object("self", Link::new);
    }

    /** How far provisioning has come; on orders that are not legacy. */
    public Optional<Link> provisioningStatus() {
        return object("provisioningStatus", Link::new);
    }

    /** The order with method {@code PATCH}: there when it can be updated. */
    public Optional<Link> patchOperation() {
        return object("patchOperation", Link::new);
    }
}
