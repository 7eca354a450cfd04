package io.github.orderlookup.rest;

import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.Lookup.Door;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.settings.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Opens the lookup of a REST request: the key first, then the ids, from the path alone.
 *
 * <p>The HTTP consumer merges query parameters and headers that are named like a path parameter
 * into it, so the path is read again from the raw request target.
 */
public final class RestRequests {

    /**
     * Exchange property: true when the path only looks like ours, as one with a trailing slash
     * does.
     */
    static final String NO_SUCH_PATH = "order-lookup-no-such-path";

    private static final Pattern PATH =
            Pattern.compile(".*/customers/([^/?#]+)/orders/([^/?#]+)(?:[?#].*)?");

    private final ApiKeys keys;
    private final Clock clock;

    public RestRequests(List<Secret> keys, Clock clock) {
        this.keys = new ApiKeys(keys);
        this.clock = clock;
    }

    /**
     * Opens the lookup and makes the body the request as a map; refuses a caller without a valid
     * key.
     */
    public void open(Exchange exchange) {
        Message message = exchange.getMessage();
        Lookup lookup = new Lookup(Door.REST, text(message, "MS-CorrelationId"), clock.instant());
        exchange.setProperty(Lookup.PROPERTY, lookup);
        if (keys.admit(text(message, "Authorization"), text(message, "X-API-Key"))) {
            read(exchange, message.getHeader(Exchange.HTTP_URI, "", String.class));
        } else {
            lookup.refuse(
                    Problem.of(
                            ProblemType.UNAUTHORIZED,
                            "A valid API key is needed, as Authorization: Bearer or as X-API-Key."));
        }
    }

    /** Reads the ids of {@code /customers/{customer-tenant-id}/orders/{id-for-order}}, decoded. */
    private static void read(Exchange exchange, String target) {
        Matcher path = PATH.matcher(target);
        if (path.matches()) {
            exchange.getMessage()
                    .setBody(
                            Map.of(
                                    "customerId",
                                    decoded(path.group(1)),
                                    "orderId",
                                    decoded(path.group(2))));
        } else {
            exchange.setProperty(NO_SUCH_PATH, true);
        }
    }

    private static String decoded(String segment) {
        // In a path a plus is a plus.
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static @Nullable String text(Message message, String header) {
        return message.getHeader(header) instanceof String value ? value : null;
    }
}
