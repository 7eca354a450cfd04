/** What an attacker may try at every door. Start at {@code ControlHeaders}. */
@NullMarked
package io.github.orderlookup.attacks;

import org.jspecify.annotations.NullMarked;
