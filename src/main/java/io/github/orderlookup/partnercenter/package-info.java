/**
 * The call to Partner Center: the component instance {@code order-lookup-http}, the request, and
 * the steps around one attempt, from the wait for its permit on. Start at {@code
 * PartnerCenterCall}.
 */
@NullMarked
package io.github.orderlookup.partnercenter;

import org.jspecify.annotations.NullMarked;
