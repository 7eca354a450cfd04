package io.github.orderlookup.rest;

import io.github.orderlookup.lookup.HeaderNames;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.lookup.Source;
import io.github.orderlookup.lookup.Tracing;
import io.github.orderlookup.lookup.Tracing.Kind;
import io.github.orderlookup.route.LookupExchange;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Opens the lookup of a REST request: the key first, then the ids, from the path alone.
 *
 * <p>The HTTP consumer merges query parameters and headers that are named like a path parameter
 * into it, so the path is read again from the raw request target.
 */
public final class RestRequests {

    /**
     * Exchange property: the status of an error of HTTP itself. 404 when the path only looks like
     * ours, as one with a trailing slash does, 400 when its escapes stand for no text.
     */
    static final String HTTP_ERROR = "order-lookup-http-fault";

    private static final Pattern PATH =
            Pattern.compile("[^?]*/customers/([^/?]+)/orders/([^/?]+)(?:[?].*)?");

    private static final String ROUTE = "/v1/customers/{customer-tenant-id}/orders/{id-for-order}";

    /** An empty segment or one of dots: a server could normalize the path to that of an order. */
    private static final Pattern DETOUR = Pattern.compile("/(?:(?<!:/)/|(?:[.]|%2[eE]){1,2}/)");

    private static final String FULL =
            "Too many requests are under way or wait for their answers; try again soon.";

    private final ApiKeys keys;
    private final Tracing tracing;
    private final Clock clock;
    private final Semaphore permits;
    private final int maxWaiting;

    /**
     * @param maxWaiting lookups that may be under way or wait at once; those beyond it are refused
     *     as {@code overloaded}
     */
    public RestRequests(ApiKeys keys, int maxWaiting, Tracing tracing, Clock clock) {
        this.keys = keys;
        this.permits = new Semaphore(maxWaiting);
        this.maxWaiting = maxWaiting;
        this.tracing = tracing;
        this.clock = clock;
    }

    /** Lookups that are under way or wait. */
    public int waiting() {
        return maxWaiting - permits.availablePermits();
    }

    /** How many of them there may be. */
    public int maxWaiting() {
        return maxWaiting;
    }

    /**
     * Opens the lookup and makes the body the request as a map; refuses a caller without a valid
     * key.
     */
    public void open(Exchange exchange) {
        Message message = exchange.getMessage();
        RequestHeaders headers = new RequestHeaders(message);
        Lookup lookup =
                new Lookup(
                        Source.REST, headers.single(HeaderNames.CORRELATION_ID), clock.instant());
        lookup.trace(
                tracing.begin(Kind.SERVER, "GET " + ROUTE, headers::single)
                        .set("http.request.method", "GET")
                        .set("http.route", ROUTE));
        LookupExchange.attach(exchange, lookup);
        if (headers.isAdmitted(keys)) {
            read(exchange, lookup, message.getHeader(Exchange.HTTP_URI, "", String.class));
        } else {
            lookup.refuse(Problem.of(ProblemType.UNAUTHORIZED, RestResponse.KEY_NEEDED));
        }
        if (lookup.refusal().isEmpty()) {
            acquirePermit(exchange, lookup);
        }
    }

    /** The permit is held until the exchange is over, however it ends. */
    private void acquirePermit(Exchange exchange, Lookup lookup) {
        if (!permits.tryAcquire()) {
            lookup.refuse(Problem.of(ProblemType.OVERLOADED, FULL));
            return;
        }
        lookup.hold(permits::release);
        Caller caller = exchange.getProperty(Caller.PROPERTY, Caller.class);
        if (caller != null) {
            caller.onGone(lookup::cancel);
        }
    }

    /** Reads the ids of {@code /customers/{customer-tenant-id}/orders/{id-for-order}}, decoded. */
    private static void read(Exchange exchange, Lookup lookup, String target) {
        Matcher path = PATH.matcher(target);
        if (!path.matches() || isDetour(target)) {
            refuse(exchange, lookup, 404);
            return;
        }
        try {
            String customerId = decoded(path.group(1));
            String orderId = decoded(path.group(2));
            exchange.getMessage().setBody(Map.of("customerId", customerId, "orderId", orderId));
        } catch (CharacterCodingException | IllegalArgumentException e) {
            refuse(exchange, lookup, 400);
        }
    }

    private static boolean isDetour(String target) {
        int query = target.indexOf('?');
        return DETOUR.matcher(target).region(0, query < 0 ? target.length() : query).find();
    }

    private static void refuse(Exchange exchange, Lookup lookup, int status) {
        exchange.setProperty(HTTP_ERROR, status);
        lookup.refuse(Problem.of(ProblemType.INVALID_REQUEST, "The path is not that of an order."));
    }

    /** The text of a segment. In a path a plus is a plus; its escapes must be those of UTF-8. */
    private static String decoded(String segment) throws CharacterCodingException {
        String bytes = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.ISO_8859_1);
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                .toString();
    }
}
