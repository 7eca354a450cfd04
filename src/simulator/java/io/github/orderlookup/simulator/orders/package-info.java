/** The call that looks an order up, and the Orders that exist. Start at {@code OrdersEndpoint}. */
@NullMarked
package io.github.orderlookup.simulator.orders;

import org.jspecify.annotations.NullMarked;
