package io.github.orderlookup.partnercenter;

import io.github.orderlookup.camel.HeaderAllowList;
import io.github.orderlookup.lookup.HeaderNames;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.Tracing.Kind;
import io.github.orderlookup.lookup.Tracing.Span;
import io.github.orderlookup.settings.PartnerCenterSettings;
import java.net.URI;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.jspecify.annotations.Nullable;

/**
 * The request of "Get an order by ID": its path, and which headers may cross the wire. The route
 * {@code order-lookup-attempt} sets the headers.
 *
 * <p>Source: Partner Center REST, "Get an order by ID" and "Partner Center REST headers" (2021).
 * The service takes these ids in any case; they are passed on as given.
 */
public final class PartnerCenterRequest {

    private static final Set<String> OUT =
            Set.of(
                    "Accept",
                    HeaderNames.REQUEST_ID,
                    HeaderNames.CORRELATION_ID,
                    HeaderNames.CONTRACT_VERSION,
                    HeaderNames.LOCALE,
                    HeaderNames.APPLICATION);

    private static final Set<String> IN =
            Set.of(
                    "Content-Type",
                    "Retry-After",
                    HeaderNames.REQUEST_ID,
                    HeaderNames.CORRELATION_ID,
                    HeaderNames.CORRELATION_VECTOR,
                    HeaderNames.SERVER_ID);

    /** The headers of a call on the wire: what HTTP needs, the token, and those above. */
    public static final Set<String> ON_THE_WIRE =
            Stream.concat(
                            OUT.stream(),
                            Stream.of("Host", "Connection", "Accept-Encoding", "Authorization"))
                    .collect(Collectors.toUnmodifiableSet());

    private static final String TEMPLATE =
            "/v1/customers/{customer-tenant-id}/orders/{id-for-order}";

    private final String host;
    private final int port;

    PartnerCenterRequest(PartnerCenterSettings settings) {
        URI origin = settings.apiUrl();
        host = origin.getHost();
        port =
                origin.getPort() >= 0
                        ? origin.getPort()
                        : "http".equals(origin.getScheme()) ? 80 : 443;
    }

    /**
     * The path of the call, below the version of the API.
     *
     * @param lookup its request is validated: both ids consist of unreserved characters, so that
     *     they stand in the path as they are
     */
    static String path(Lookup lookup) {
        OrderLookupRequest asked = lookup.request().orElseThrow();
        return "customers/" + asked.customerId() + "/orders/" + asked.orderId();
    }

    /** The query of the call; null when there is none. */
    public static @Nullable String query(PartnerCenterSettings settings) {
        return settings.includePrice() ? "include_price=true" : null;
    }

    /** Begins the span of a call; the trace is not sent to the service. */
    Span trace(Span lookup) {
        return lookup.child(Kind.CLIENT, "GET")
                .set("http.request.method", "GET")
                .set("url.template", TEMPLATE)
                .set("server.address", host)
                .set("server.port", port);
    }

    /**
     * Lets out the headers of the call and nothing else; lets in those of an answer that the
     * classification reads.
     */
    static HeaderFilterStrategy allowedHeaders() {
        return new HeaderAllowList(OUT, IN);
    }
}
