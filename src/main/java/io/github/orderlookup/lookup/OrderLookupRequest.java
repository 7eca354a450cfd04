package io.github.orderlookup.lookup;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One question: what does Partner Center say about this order? The ids are kept as given, since
 * order ids are case-sensitive; {@link RequestReader} checks them.
 *
 * @param customerId the customer's tenant id, a GUID
 * @param orderId 1 to 64 characters of {@code A-Z a-z 0-9 _ -}
 * @param deadline the moment at which the caller gives up; null for the configured one
 * @param until which answer the caller waits for
 */
public record OrderLookupRequest(
        String customerId, String orderId, @Nullable Instant deadline, Until until) {

    /** The answer that ends a lookup. */
    public enum Until {
        /** The first one. */
        FOUND,
        /** The one that shows the order settled, or the last one before the deadline. */
        SETTLED;

        /** As it is written in a request. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public OrderLookupRequest(String customerId, String orderId) {
        this(customerId, orderId, null);
    }

    public OrderLookupRequest(String customerId, String orderId, @Nullable Instant deadline) {
        this(customerId, orderId, deadline, Until.FOUND);
    }

    /** Whether the caller waits for the order to settle. */
    public boolean untilSettled() {
        return until == Until.SETTLED;
    }
}
