/**
 * The language of the module: what is asked, what can go wrong, and what is done about it, without
 * Camel, Kafka or an HTTP client. Start at {@code OrderLookupRequest} and {@code Problem}.
 */
@NullMarked
package io.github.orderlookup.lookup;

import org.jspecify.annotations.NullMarked;
