package io.github.orderlookup.order;

import io.github.orderlookup.order.json.JsonValue;
import io.github.orderlookup.order.json.JsonView;
import java.util.Optional;

/** What Partner Center says about a resource itself. Immutable and thread-safe. */
public final class ResourceAttributes extends JsonView {

    ResourceAttributes(JsonValue document) {
        super(document);
    }

    /**
     * Opaque text, on legacy orders only. For the {@code If-Match} of an update, soon after the
     * lookup; a conditional lookup does not exist.
     */
    public Optional<String> etag() {
        return text("etag");
    }

    /** Text such as {@code Order}. */
    public Optional<String> objectType() {
        return text("objectType");
    }
}
