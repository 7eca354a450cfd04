package io.github.orderlookup.http;

import io.github.orderlookup.lookup.Meters;
import io.github.orderlookup.settings.PartnerCenterSettings;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProxySelector;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * What the HTTP clients of the API, of the login host and of {@code check} have in common: {@link
 * UnloggedConnection}, the JVM's proxy, no cookies, redirects, hidden retries or automatic
 * decompression.
 */
public final class HttpTransport {

    /**
     * A connection that was idle for longer is not used again. Azure's load balancers drop idle
     * connections after four minutes, many firewalls after one, without closing them.
     */
    static final Duration LONGEST_IDLE = Duration.ofSeconds(30);

    /** A connection is replaced now and then, so that a changed address is noticed. */
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(10);

    /** A connection that was idle for longer is checked before use, which takes a moment. */
    private static final Duration VALIDATED_AFTER = Duration.ofMillis(250);

    private HttpTransport() {}

    /**
     * The connections of one client.
     *
     * @param most the most connections at once
     * @param allowedHeaders the names of the headers that may be sent
     * @param trusted has the trusted certificates; null for those of this JVM
     */
    public static PoolingHttpClientConnectionManager connections(
            PartnerCenterSettings settings,
            int most,
            Set<String> allowedHeaders,
            @Nullable SSLContext trusted) {
        ConnectionConfig config =
                ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                        .setSocketTimeout(Timeout.of(settings.responseTimeout()))
                        .setValidateAfterInactivity(TimeValue.of(VALIDATED_AFTER))
                        .setTimeToLive(TimeValue.of(LONGEST_LIFE))
                        .build();
        PoolingHttpClientConnectionManagerBuilder builder =
                PoolingHttpClientConnectionManagerBuilder.create();
        if (trusted != null) {
            builder.setTlsSocketStrategy(new DefaultClientTlsStrategy(trusted));
        }
        return builder.setConnectionFactory(UnloggedConnection.factory(allowedHeaders))
                .setDefaultConnectionConfig(config)
                .setMaxConnTotal(most)
                .setMaxConnPerRoute(most)
                .build();
    }

    /**
     * A client that buffers its responses and uses each connection once.
     *
     * @param limit of one whole exchange
     * @param maxBytes of a response body
     * @param timer ends an exchange that takes longer
     */
    public static CloseableHttpClient singleUseClient(
            HttpClientConnectionManager connections,
            Duration limit,
            int maxBytes,
            ScheduledExecutorService timer) {
        HttpClientBuilder builder = HttpClientBuilder.create();
        configure(builder, connections);
        return builder.setConnectionReuseStrategy((request, response, context) -> false)
                .addExecInterceptorFirst(
                        "order-lookup-buffered-response",
                        new BufferedResponse(
                                limit,
                                CallsUnderWay.none(),
                                maxBytes,
                                timer,
                                Meters.NONE,
                                () -> {},
                                () -> {}))
                .build();
    }

    /** Sets what all clients have in common. */
    public static void configure(
            HttpClientBuilder builder, HttpClientConnectionManager connections) {
        builder.setRequestExecutor(new WireExecutor())
                .setConnectionManager(new OpenConnections(connections))
                .setConnectionManagerShared(true)
                .setRoutePlanner(
                        new SystemDefaultRoutePlanner(
                                DefaultSchemePortResolver.INSTANCE, ProxySelector.getDefault()))
                .setKeepAliveStrategy(HttpTransport::keepAlive)
                .disableContentCompression()
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableConnectionState()
                .disableDefaultUserAgent();
    }

    /**
     * How long a connection may be idle: what the server announces, less the time that a request
     * takes to get there.
     */
    private static TimeValue keepAlive(HttpResponse response, HttpContext context) {
        TimeValue announced =
                DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(response, context);
        long millis = announced == null ? -1 : announced.toMilliseconds();
        long longest = LONGEST_IDLE.toMillis();
        return TimeValue.ofMilliseconds(millis <= 0 || millis > longest ? longest : millis / 2);
    }

    /** Whether a failure means that no connection to the host, or to the proxy, could be made. */
    public static boolean isUnreachable(Throwable failure) {
        return failure instanceof ConnectException
                || failure instanceof ConnectTimeoutException
                || failure instanceof NoRouteToHostException
                || failure instanceof UnknownHostException;
    }
}
