/**
 * What a caller, a web page or a log reader must not be able to do or see. Start at {@code
 * ControlHeaders}.
 */
@NullMarked
package io.github.orderlookup.system.security;

import org.jspecify.annotations.NullMarked;
