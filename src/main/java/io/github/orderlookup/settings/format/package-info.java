/**
 * The formats of settings: how a text becomes a value, and what the message says when it does not.
 * Start at {@link io.github.orderlookup.settings.format.Formats}.
 */
@NullMarked
package io.github.orderlookup.settings.format;

import org.jspecify.annotations.NullMarked;
