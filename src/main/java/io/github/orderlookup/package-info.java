/**
 * Camel routes that look orders up in Microsoft Partner Center. Start at {@code
 * routes/order-lookup.camel.yaml}; {@link io.github.orderlookup.OrderLookup} wires what the routes
 * name.
 */
@NullMarked
package io.github.orderlookup;

import org.jspecify.annotations.NullMarked;
