/**
 * JSON without loss: a document as its checked bytes, and views of its members. Start at {@code
 * StrictJson}.
 */
@NullMarked
package io.github.orderlookup.order.json;

import org.jspecify.annotations.NullMarked;
