package io.github.orderlookup.order;

import io.github.orderlookup.order.json.JsonValue;
import io.github.orderlookup.order.json.JsonView;
import java.util.Optional;

/** What a line renews to when its term ends. Immutable and thread-safe. */
public final class RenewsTo extends JsonView {

    RenewsTo(JsonValue document) {
        super(document);
    }

    /** ISO 8601 duration as text, optional. */
    public Optional<TermDuration> termDuration() {
        return text("termDuration", TermDuration::of);
    }
}
