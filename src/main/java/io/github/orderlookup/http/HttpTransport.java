package io.github.orderlookup.http;

import io.github.orderlookup.lookup.Meters;
import io.github.orderlookup.network.WayOut;
import io.github.orderlookup.settings.PartnerCenterSettings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The connections of one client, and what the HTTP clients of the API, of the login host and of
 * {@code check} have in common: {@link UnloggedConnection}, one {@link WayOut}, no cookies,
 * redirects, hidden retries or automatic decompression. Thread-safe.
 */
public final class HttpTransport implements AutoCloseable {

    /**
     * A connection that was idle for longer is not used again. Azure's load balancers drop idle
     * connections after four minutes, many firewalls after one, without closing them.
     */
    static final Duration LONGEST_IDLE = Duration.ofSeconds(30);

    /** A connection is replaced now and then, so that a changed address is noticed. */
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(10);

    /** A connection that was idle for longer is checked before use, which takes a moment. */
    private static final Duration VALIDATED_AFTER = Duration.ofMillis(250);

    private final PartnerCenterSettings settings;
    private final WayOut wayOut;
    private final PoolingHttpClientConnectionManager connections;

    /**
     * @param most the most connections at once
     * @param allowedHeaders the names of the headers that may be sent
     */
    public HttpTransport(
            PartnerCenterSettings settings, WayOut wayOut, int most, Set<String> allowedHeaders) {
        this.settings = settings;
        this.wayOut = wayOut;
        this.connections = connections(most, allowedHeaders);
    }

    private PoolingHttpClientConnectionManager connections(int most, Set<String> allowedHeaders) {
        ConnectionConfig config =
                ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                        .setSocketTimeout(Timeout.of(settings.responseTimeout()))
                        .setValidateAfterInactivity(TimeValue.of(VALIDATED_AFTER))
                        .setTimeToLive(TimeValue.of(LONGEST_LIFE))
                        .build();
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setTlsSocketStrategy(this::startTls)
                .setConnectionFactory(UnloggedConnection.factory(allowedHeaders))
                .setDefaultConnectionConfig(config)
                .setMaxConnTotal(most)
                .setMaxConnPerRoute(most)
                .build();
    }

    /** With the authorities that are trusted at this moment; the name of the host is verified. */
    private SSLSocket startTls(
            Socket socket, String target, int port, Object attachment, HttpContext context)
            throws IOException {
        return new DefaultClientTlsStrategy(
                        wayOut.tls(),
                        HostnameVerificationPolicy.BOTH,
                        HttpsSupport.getDefaultHostnameVerifier())
                .upgrade(socket, target, port, attachment, context);
    }

    public PoolingHttpClientConnectionManager connections() {
        return connections;
    }

    /**
     * A client that buffers its responses and uses each connection once.
     *
     * @param limit of one whole exchange
     * @param maxBytes of a response body
     * @param timer ends an exchange that takes longer
     */
    public CloseableHttpClient singleUseClient(
            Duration limit, int maxBytes, ScheduledExecutorService timer) {
        HttpClientBuilder builder = HttpClientBuilder.create();
        configure(builder);
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
    public void configure(HttpClientBuilder builder) {
        builder.setRequestExecutor(new WireExecutor(wayOut, settings.connectTimeout()))
                .setConnectionManager(new OpenConnections(connections))
                .setConnectionManagerShared(true)
                .setRoutePlanner(new ProxyRoutes(wayOut))
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

    /** Closes the connections. */
    @Override
    public void close() {
        connections.close();
    }
}
