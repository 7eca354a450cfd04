/**
 * The service {@code java -jar order-lookup.jar} and its commands: start, settings, end, and what
 * adapts Camel Main to them. Start at {@link io.github.orderlookup.main.OrderLookupMain}.
 */
@NullMarked
package io.github.orderlookup.main;

import org.jspecify.annotations.NullMarked;
