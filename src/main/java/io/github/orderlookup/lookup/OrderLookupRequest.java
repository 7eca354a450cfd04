package io.github.orderlookup.lookup;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One question: what does Partner Center say about this order? The ids are kept as given, since
 * order ids are case-sensitive; {@link RequestReader} checks them.
 *
 * @param customerId the customer's tenant id, a GUID
 * @param orderId 1 to 64 characters of {@code A-Z a-z 0-9 _ -}
 * @param deadline the moment at which the caller gives up; null for the configured one
 */
public record OrderLookupRequest(String customerId, String orderId, @Nullable Instant deadline) {

    public OrderLookupRequest(String customerId, String orderId) {
        this(customerId, orderId, null);
    }
}
