package io.github.orderlookup.partnercenter;

import io.github.orderlookup.classification.FailureClassifier;
import io.github.orderlookup.classification.UpstreamResponse;
import io.github.orderlookup.http.BufferedResponse;
import io.github.orderlookup.http.CallsUnderWay;
import io.github.orderlookup.http.HttpTransport;
import io.github.orderlookup.lookup.Meters;
import io.github.orderlookup.settings.PartnerCenterSettings;
import io.github.orderlookup.signin.AccessTokens;
import io.github.orderlookup.time.MonotonicClock;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChain.Scope;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.util.TimeValue;

/**
 * Configures the HTTP client of camel-http for Partner Center: it adds the token, for the API
 * origin alone, and buffers each response.
 *
 * <p>The exchange never holds the token.
 */
public final class PartnerCenterClient implements HttpClientConfigurer {

    /** The largest body of a response, decompressed. */
    static final int MAX_BODY = 16 * 1024 * 1024;

    private final PartnerCenterSettings settings;
    private final HttpTransport transport;
    private final AccessTokens tokens;
    private final CallsUnderWay calls;
    private final BufferedResponse bufferedResponse;

    PartnerCenterClient(
            PartnerCenterSettings settings,
            HttpTransport transport,
            AccessTokens tokens,
            ScheduledExecutorService timer) {
        this(
                settings,
                transport,
                tokens,
                new CallsUnderWay(MonotonicClock.startingAt(Clock.systemUTC())),
                timer,
                Meters.NONE,
                () -> {});
    }

    /**
     * @param calls the deadlines of the calls, and the memory of their responses
     * @param repeated run before a request is sent again because its connection was closed unused
     */
    public PartnerCenterClient(
            PartnerCenterSettings settings,
            HttpTransport transport,
            AccessTokens tokens,
            CallsUnderWay calls,
            ScheduledExecutorService timer,
            Meters meters,
            Runnable repeated) {
        this.settings = settings;
        this.transport = transport;
        this.tokens = tokens;
        this.calls = calls;
        this.bufferedResponse =
                new BufferedResponse(
                        settings.responseTimeout(),
                        calls,
                        MAX_BODY,
                        timer,
                        meters,
                        () -> transport.connections().closeIdle(TimeValue.ZERO_MILLISECONDS),
                        repeated);
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        transport.configure(builder);
        builder.addExecInterceptorFirst("order-lookup-buffered-response", bufferedResponse);
        builder.addExecInterceptorFirst(
                "order-lookup-token", new BearerToken(settings.apiUrl(), tokens, calls));
    }

    /** A component with this client: without cookies, redirects, hidden retries or user agent. */
    HttpComponent component() {
        HttpComponent http = new HttpComponent();
        http.setHttpClientConfigurer(this);
        http.setHeaderFilterStrategy(PartnerCenterRequest.allowedHeaders());
        http.setAutomaticRetriesDisabled(true);
        http.setRedirectHandlingDisabled(true);
        http.setFollowRedirects(false);
        http.setCookieManagementDisabled(true);
        http.setAuthCachingDisabled(true);
        http.setConnectionStateDisabled(true);
        http.setDefaultUserAgentDisabled(true);
        http.setClientConnectionManager(transport.connections());
        http.setConnectTimeout(settings.connectTimeout().toMillis());
        http.setResponseTimeout(settings.responseTimeout().toMillis());
        http.setSoTimeout(settings.responseTimeout().toMillis());
        http.setConnectionRequestTimeout(settings.responseTimeout().toMillis());
        http.setAutowiredEnabled(false);
        return http;
    }

    /** Ends the calls that are under way; their lookups are not to fail by it. */
    void abandonCalls() {
        bufferedResponse.abandonAll();
    }

    /** Adds the token, and takes a refused one out of use. */
    private static final class BearerToken implements ExecChainHandler {

        /** A call without a token by then gives its slot back. */
        private static final Duration PATIENCE = Duration.ofMillis(500);

        private final URI origin;
        private final AccessTokens tokens;
        private final CallsUnderWay calls;

        BearerToken(URI origin, AccessTokens tokens, CallsUnderWay calls) {
            this.origin = origin;
            this.tokens = tokens;
            this.calls = calls;
        }

        @Override
        public ClassicHttpResponse execute(ClassicHttpRequest request, Scope scope, ExecChain chain)
                throws IOException, HttpException {
            if (!goesTo(origin, request)) {
                throw new IOException("A call to anywhere but the configured API is refused");
            }
            String token = tokens.within(calls.timeLeft(request, PATIENCE));
            request.removeHeaders("Authorization");
            request.setHeader("Authorization", "Bearer " + token);
            request.setHeader("Accept-Encoding", "gzip");
            ClassicHttpResponse response = chain.proceed(request, scope);
            if (response.getCode() == HttpStatus.SC_UNAUTHORIZED) {
                if (refusesToken(response)) {
                    tokens.reject(token);
                }
            } else if (FailureClassifier.acceptsToken(response.getCode())) {
                tokens.accept(token);
            }
            return response;
        }

        private static boolean goesTo(URI origin, ClassicHttpRequest request) {
            URIAuthority target = request.getAuthority();
            return origin.getScheme().equalsIgnoreCase(request.getScheme())
                    && target != null
                    && target.getUserInfo() == null
                    && origin.getHost().equalsIgnoreCase(target.getHostName())
                    && origin.getPort() == target.getPort();
        }

        /** The response is buffered: its body can be read again. */
        private static boolean refusesToken(ClassicHttpResponse response) throws IOException {
            HttpEntity entity = response.getEntity();
            byte[] body = entity == null ? new byte[0] : EntityUtils.toByteArray(entity);
            return FailureClassifier.refusesToken(
                    new UpstreamResponse(response.getCode(), Map.of(), body));
        }
    }
}
