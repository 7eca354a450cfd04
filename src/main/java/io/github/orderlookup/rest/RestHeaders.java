package io.github.orderlookup.rest;

import io.github.orderlookup.camel.HeaderAllowList;
import io.github.orderlookup.lookup.HeaderNames;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.apache.camel.Service;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jspecify.annotations.Nullable;

/**
 * The headers that the REST endpoint accepts and sends: in, the key, the correlation id and the
 * trace; out, what an answer has.
 *
 * <p>The usual strategy of HTTP endpoints lets every foreign header in and holds back {@code
 * Cache-Control}. The REST DSL has no option for one service alone, so that the endpoint is met as
 * its consumer starts.
 */
public final class RestHeaders extends HeaderAllowList {

    private static final Set<String> IN =
            Set.of(
                    "Authorization",
                    HeaderNames.API_KEY,
                    HeaderNames.CORRELATION_ID,
                    HeaderNames.TRACE_PARENT,
                    "tracestate");
    private static final Set<String> OUT =
            Set.of(
                    "Cache-Control",
                    "Content-Security-Policy",
                    "Cross-Origin-Opener-Policy",
                    "Cross-Origin-Resource-Policy",
                    HeaderNames.CORRELATION_ID,
                    HeaderNames.REQUEST_ID,
                    "Referrer-Policy",
                    "Retry-After",
                    "WWW-Authenticate",
                    "X-Content-Type-Options",
                    HeaderNames.ATTEMPTS,
                    HeaderNames.SETTLED,
                    HeaderNames.STATE_KIND,
                    HeaderNames.STATE);

    private RestHeaders() {
        super(OUT, IN);
    }

    /** Gives the endpoint of our REST service, and no other, this strategy. */
    public static final class OnOurEndpoint extends LifecycleStrategySupport {

        @Override
        public void onServiceAdd(CamelContext context, Service service, @Nullable Route route) {
            if (route != null
                    && route.getId().startsWith("order-lookup-rest")
                    && service instanceof Consumer consumer
                    && consumer.getEndpoint() instanceof PlatformHttpEndpoint http) {
                http.setHeaderFilterStrategy(new RestHeaders());
            }
        }
    }
}
