/**
 * Waiting for an order to settle: which state an order is in, what follows a look at it, and when
 * the next one is due. Start at {@code LookDecision}.
 */
@NullMarked
package io.github.orderlookup.settle;

import org.jspecify.annotations.NullMarked;
