package io.github.orderlookup.order;

import io.github.orderlookup.order.json.JsonValue;
import io.github.orderlookup.order.json.JsonView;
import java.util.Optional;

/**
 * What an order was placed with; all members optional. Seen in answers since 2019-12. Immutable and
 * thread-safe.
 */
public final class ClientContext extends JsonView {

    ClientContext(JsonValue document) {
        super(document);
    }

    /** Two-letter country as text. */
    public Optional<String> marketplaceCountry() {
        return text("marketplaceCountry");
    }

    /** Text such as {@code UniversalStore-PartnerCenter}. */
    public Optional<String> deviceFamily() {
        return text("deviceFamily");
    }

    /** Text such as {@code Partner Center API}. */
    public Optional<String> name() {
        return text("name");
    }
}
