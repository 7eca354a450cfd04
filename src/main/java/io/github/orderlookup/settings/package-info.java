/**
 * What an operator can set, read once at start and validated as a whole. Start at {@code Settings}.
 */
@NullMarked
package io.github.orderlookup.settings;

import org.jspecify.annotations.NullMarked;
