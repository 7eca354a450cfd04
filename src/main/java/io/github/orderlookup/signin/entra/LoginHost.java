package io.github.orderlookup.signin.entra;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import io.github.orderlookup.http.HttpTransport;
import io.github.orderlookup.network.ProxyException;
import io.github.orderlookup.network.UntrustedException;
import io.github.orderlookup.settings.Secret;
import io.github.orderlookup.signin.SignInException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.jspecify.annotations.Nullable;

/**
 * Carries token requests of MSAL4J to the configured login host and to nowhere else: no redirects,
 * no retries, no logging. MSAL4J insists on https and chooses hosts of its own, so only the path
 * and the form of its request are used; scheme, host and port are those of the configured login
 * URL, which may be plain http to loopback. Its headers are telemetry and are left out.
 */
public final class LoginHost {

    /** The headers of a token request on the wire: what HTTP and OAuth 2.0 need. */
    public static final Set<String> ON_THE_WIRE =
            Set.of("Host", "Connection", "Accept", "Content-Type", "Content-Length");

    private static final int LARGEST_BODY = 1 << 20;

    private final CloseableHttpClient client;
    private final URI origin;
    private final String path;
    private final String deviceCodePath;
    private final InstantSource clock;

    /**
     * @param timeout of the whole exchange
     * @param timer ends a request that takes longer
     * @param clock the wall clock
     */
    public LoginHost(
            HttpTransport transport,
            URI origin,
            String tenant,
            Duration timeout,
            ScheduledExecutorService timer,
            InstantSource clock) {
        this.client = transport.singleUseClient(timeout, LARGEST_BODY, timer);
        this.origin = origin;
        this.path = "/" + tenant + "/oauth2/v2.0/token";
        this.deviceCodePath = "/" + tenant + "/oauth2/v2.0/devicecode";
        this.clock = clock;
    }

    /** A client for MSAL4J that is good for one request. */
    OneRequest oneRequest() {
        return oneRequest(UnaryOperator.identity());
    }

    /**
     * @param form changes the form that MSAL4J composed
     */
    OneRequest oneRequest(UnaryOperator<String> form) {
        return new OneRequest(form);
    }

    /**
     * Requests a device code.
     *
     * @throws SignInException if none is given
     */
    TokenResponse deviceCode(String form) throws SignInException {
        TokenResponse answer = exchange(deviceCodePath, form);
        if (!answer.isDeviceCode()) {
            throw TokenErrorClassifier.classify(answer);
        }
        return answer;
    }

    /** The address of a page of the login host. */
    URI resolve(String pathAndQuery) {
        return origin.resolve(pathAndQuery);
    }

    /** One token request. A response without a token is thrown: MSAL4J neither sees nor logs it. */
    final class OneRequest implements IHttpClient {
        private final UnaryOperator<String> form;
        private boolean spent;
        private @Nullable TokenResponse answer;

        private OneRequest(UnaryOperator<String> form) {
            this.form = form;
        }

        /** Lifetime of the issued token. */
        Duration lifetime() {
            return answer == null ? Duration.ZERO : answer.lifetime();
        }

        /** The id token that came with the issued token; null without one. */
        @Nullable Secret idToken() {
            return answer == null ? null : answer.idToken();
        }

        /** The OAuth 2.0 error code of a refusal; empty without one. */
        String error() {
            return answer == null ? "" : answer.error();
        }

        @Override
        public IHttpResponse send(HttpRequest request) throws SignInException {
            if (spent || !request.url().getPath().equalsIgnoreCase(path)) {
                throw new IllegalStateException("not the one token request");
            }
            spent = true;
            TokenResponse received = exchange(path, form.apply(request.body()));
            answer = received;
            if (!received.isToken()) {
                throw TokenErrorClassifier.classify(received);
            }
            return new Response(received.forMsal(), request.headerValue("client-request-id"));
        }
    }

    private TokenResponse exchange(String to, String form) throws SignInException {
        HttpPost post = new HttpPost(origin.resolve(to));
        post.setHeader("Accept", "application/json");
        post.setEntity(
                new ByteArrayEntity(
                        form.getBytes(UTF_8),
                        ContentType.APPLICATION_FORM_URLENCODED.withParameters(
                                new NameValuePair[0])));
        try {
            return client.execute(post, this::answer);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private TokenResponse answer(ClassicHttpResponse response) throws IOException {
        byte[] body =
                response.getEntity() == null
                        ? new byte[0]
                        : EntityUtils.toByteArray(response.getEntity());
        List<String> retryAfter =
                Arrays.stream(response.getHeaders("Retry-After"))
                        .map(header -> String.valueOf(header.getValue()))
                        .toList();
        return TokenResponse.of(response.getCode(), body, retryAfter, clock.instant());
    }

    private SignInException unreachable(IOException cause) {
        return SignInException.unavailable(
                "The login host " + origin.getHost() + " " + words(cause),
                isPlain(cause) ? cause : null);
    }

    private static String words(Throwable cause) {
        if (cause instanceof ProxyException proxy) {
            return "could not be asked. " + proxy.detail();
        }
        if (cause instanceof SSLException) {
            return UntrustedException.in(cause)
                    .map(untrusted -> "could not be trusted. " + untrusted.detail())
                    .orElse("could not be trusted or did not speak TLS.");
        }
        if (HttpTransport.isUnreachable(cause)) {
            return "could not be reached.";
        }
        return cause instanceof InterruptedIOException
                ? "did not answer in time."
                : "broke the connection or answered no HTTP.";
    }

    /** Whether the message is the platform's own; that of a protocol error quotes the response. */
    private static boolean isPlain(@Nullable Throwable cause) {
        return cause instanceof SSLException
                || cause instanceof ConnectException
                || cause instanceof UnknownHostException
                || cause instanceof InterruptedIOException;
    }

    /** A token response, as MSAL4J reads it. */
    private record Response(String body, String requestId) implements IHttpResponse {
        @Override
        public int statusCode() {
            return 200;
        }

        /** Without the echo of its id, MSAL4J logs a warning on each sign-in. */
        @Override
        public Map<String, List<String>> headers() {
            return Map.of("client-request-id", List.of(requestId));
        }

        @Override
        public String toString() {
            return "Response[200]";
        }
    }
}
