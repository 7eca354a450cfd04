package io.github.orderlookup.order;

import io.github.orderlookup.order.json.JsonValue;
import io.github.orderlookup.order.json.JsonView;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Prices of a line, each an optional JSON number: before tax except in countries whose prices
 * include it. A number of more than 1,000 characters or with a scale beyond 1,000 reads as absent.
 * Immutable and thread-safe. Source: .NET SDK 3.4.0 (2023-06).
 */
public final class Pricing extends JsonView {

    Pricing(JsonValue document) {
        super(document);
    }

    /** Of one unit, in the catalog. */
    public Optional<BigDecimal> listPrice() {
        return decimal("listPrice");
    }

    /** Of one unit, after discounts. */
    public Optional<BigDecimal> discountedPrice() {
        return decimal("discountedPrice");
    }

    /** Of one unit, after proration. */
    public Optional<BigDecimal> proratedPrice() {
        return decimal("proratedPrice");
    }

    /** Of one unit, in the billing currency, after everything. */
    public Optional<BigDecimal> price() {
        return decimal("price");
    }

    /** {@link #price()} times quantity, less refunds. */
    public Optional<BigDecimal> extendedPrice() {
        return decimal("extendedPrice");
    }
}
