/**
 * Rules for text from outside, which every other package may use: how it is shown, and how it is
 * matched. Start at {@code VisibleText}.
 */
@NullMarked
package io.github.orderlookup.text;

import org.jspecify.annotations.NullMarked;
