/**
 * The Order of Partner Center: typed views over the JSON document, without loss. Start at {@code
 * Order}.
 */
@NullMarked
package io.github.orderlookup.order;

import org.jspecify.annotations.NullMarked;
