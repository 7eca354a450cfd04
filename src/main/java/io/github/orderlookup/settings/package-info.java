/**
 * What an operator can set: the keys, the values as records, and the error of a set that cannot be
 * used. Start at {@link io.github.orderlookup.settings.Settings}; {@code settings.reader} reads
 * them.
 */
@NullMarked
package io.github.orderlookup.settings;

import org.jspecify.annotations.NullMarked;
