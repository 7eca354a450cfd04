/** Sign-in, outages and the proxy on the way to Partner Center. Start at {@code OutageIT}. */
@NullMarked
package io.github.orderlookup.system.partnercenter;

import org.jspecify.annotations.NullMarked;
