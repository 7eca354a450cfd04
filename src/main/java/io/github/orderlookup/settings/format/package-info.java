/**
 * How the text of a setting becomes its value, and what is wrong with one that does not. Start at
 * {@code Formats}.
 */
@NullMarked
package io.github.orderlookup.settings.format;

import org.jspecify.annotations.NullMarked;
