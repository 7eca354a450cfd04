/**
 * The log of our own main, the one package that knows Log4j: nothing here is loaded in a host.
 * Start at {@link io.github.orderlookup.logging.ServiceLog}.
 */
@NullMarked
package io.github.orderlookup.logging;

import org.jspecify.annotations.NullMarked;
