/**
 * All that speaks to Partner Center and to its login host: access tokens, the call budget and the
 * HTTP client. Start at {@link io.github.orderlookup.partnercenter.AccessTokens}.
 */
@NullMarked
package io.github.orderlookup.partnercenter;

import org.jspecify.annotations.NullMarked;
