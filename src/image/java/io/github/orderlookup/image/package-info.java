/** The container image, unpacked and run. Start at {@code ImageIT}. */
@NullMarked
package io.github.orderlookup.image;

import org.jspecify.annotations.NullMarked;
