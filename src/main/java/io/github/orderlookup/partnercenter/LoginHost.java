package io.github.orderlookup.partnercenter;

import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Carries token requests of MSAL4J to the configured login host and to nowhere else: no redirects,
 * no retries, no logging. MSAL4J insists on https and chooses hosts of its own, so only the path of
 * what it asks for is used; scheme, host and port are those of the configured login URL, which may
 * be plain http to loopback.
 */
final class LoginHost {
    private static final int LARGEST_BODY = 1 << 20;

    private final HttpClient client;
    private final URI origin;
    private final String path;
    private final Duration timeout;
    private final InstantSource clock;

    /**
     * @param client with a connect timeout, following no redirects
     * @param timeout of the whole answer
     */
    LoginHost(HttpClient client, URI origin, String tenant, Duration timeout, InstantSource clock) {
        this.client = client;
        this.origin = origin;
        this.path = "/" + tenant + "/oauth2/v2.0/token";
        this.timeout = timeout;
        this.clock = clock;
    }

    /** A client for MSAL4J that is good for one request. */
    OneRequest oneRequest() {
        return new OneRequest();
    }

    /** One token request; whatever is no token is thrown, and MSAL4J never sees nor logs it. */
    final class OneRequest implements IHttpClient {
        private boolean spent;
        private Duration lifetime = Duration.ZERO;

        /** Lifetime of the token that was answered. */
        Duration lifetime() {
            return lifetime;
        }

        @Override
        public IHttpResponse send(HttpRequest request) throws SignInException {
            if (spent || !request.url().getPath().equalsIgnoreCase(path)) {
                throw new IllegalStateException("not the one token request");
            }
            spent = true;
            LoginAnswer answer = exchange(request);
            if (!answer.isToken()) {
                throw SignInFailure.of(answer);
            }
            lifetime = answer.lifetime();
            return new Response(answer.forMsal(), request.headerValue("client-request-id"));
        }
    }

    private LoginAnswer exchange(HttpRequest request) throws SignInException {
        java.net.http.HttpRequest.Builder builder =
                java.net.http.HttpRequest.newBuilder(origin.resolve(path))
                        .header("Accept", "application/json")
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString(request.body()));
        request.headers().forEach(builder::header);
        HttpResponse<byte[]> response = send(builder.build());
        return LoginAnswer.of(
                response.statusCode(),
                response.body(),
                response.headers().firstValue("Retry-After").orElse(null),
                clock.instant());
    }

    private HttpResponse<byte[]> send(java.net.http.HttpRequest request) throws SignInException {
        CompletableFuture<HttpResponse<byte[]>> sent =
                client.sendAsync(request, ignored -> new LimitedBody(LARGEST_BODY));
        try {
            return sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw unreachable(e.getCause());
        } catch (TimeoutException e) {
            throw unreachable(new HttpTimeoutException("no whole answer in time"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(new InterruptedIOException());
        } finally {
            sent.cancel(true);
        }
    }

    private SignInException unreachable(@Nullable Throwable cause) {
        String words = "The login host " + origin.getHost() + " " + words(cause) + ".";
        return SignInException.unavailable(words, isPlain(cause) ? cause : null);
    }

    private static String words(@Nullable Throwable cause) {
        if (cause instanceof HttpTimeoutException) {
            return "did not answer in time";
        }
        if (cause instanceof SSLException) {
            return "could not be trusted or did not speak TLS";
        }
        if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
            return "could not be reached";
        }
        return cause instanceof InterruptedIOException
                ? "was not waited for"
                : "broke the connection or answered no HTTP";
    }

    /** Whether the message is the platform's own; that of a protocol error quotes the answer. */
    private static boolean isPlain(@Nullable Throwable cause) {
        return cause instanceof HttpTimeoutException
                || cause instanceof SSLException
                || cause instanceof ConnectException
                || cause instanceof UnknownHostException
                || cause instanceof UnresolvedAddressException
                || cause instanceof InterruptedIOException;
    }

    /** A token, as MSAL4J wants to read it. */
    private record Response(String body, String requestId) implements IHttpResponse {
        @Override
        public int statusCode() {
            return 200;
        }

        /** The echo that MSAL4J would otherwise miss aloud on every sign-in. */
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
