/**
 * Workarounds for Camel: what it would pass over, log, take for something else or change, read and
 * checked by us. Start at {@link io.github.orderlookup.camel.CamelSettings}.
 */
@NullMarked
package io.github.orderlookup.camel;

import org.jspecify.annotations.NullMarked;
