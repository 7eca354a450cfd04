/**
 * The service of its own, {@code java -jar order-lookup.jar}: its start, its end, and what adapts
 * Camel Main. Start at {@link io.github.orderlookup.main.OrderLookupMain}.
 */
@NullMarked
package io.github.orderlookup.main;

import org.jspecify.annotations.NullMarked;
