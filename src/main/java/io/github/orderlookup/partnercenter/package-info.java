/**
 * The call to Partner Center: the component instance {@code order-lookup-http}, the request, and
 * the steps around one attempt. Start at {@code PartnerCenterCall}.
 */
@NullMarked
package io.github.orderlookup.partnercenter;

import org.jspecify.annotations.NullMarked;
