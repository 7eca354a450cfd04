package io.github.orderlookup.http;

import io.github.orderlookup.lookup.Meters;
import io.github.orderlookup.network.ProxyException;
import io.github.orderlookup.network.UntrustedException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChain.Scope;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Buffers the response of a call: its body is read to its end, decompressed and bounded, within one
 * time limit for the whole exchange.
 *
 * <p>The timeouts of the HTTP client bound the silence between two bytes, not the exchange; a body
 * that arrives byte by byte would hold a connection for ever.
 *
 * <p>Thread-safe.
 */
public final class BufferedResponse implements ExecChainHandler {

    /** Servers close connections that were idle for longer than this. */
    private static final Duration SHORTEST_IDLE = Duration.ofMillis(200);

    /** Firewalls and load balancers drop connections that were idle for longer than this. */
    private static final Duration SUSPICIOUS_IDLE = Duration.ofSeconds(1);

    private final Duration limit;
    private final CallsUnderWay calls;
    private final BodyReader bodies;
    private final ScheduledExecutorService timer;
    private final Meters meters;
    private final Runnable unusedConnections;
    private final Runnable repeated;
    private final Set<Call> underWay = ConcurrentHashMap.newKeySet();

    /**
     * @param limit for every call
     * @param calls those that must be over sooner, and the memory of their responses
     * @param maxBytes of a body, decompressed
     * @param unusedConnections closes the idle connections, run when one of them turned out dead
     * @param repeated run before a request is sent once more
     */
    public BufferedResponse(
            Duration limit,
            CallsUnderWay calls,
            int maxBytes,
            ScheduledExecutorService timer,
            Meters meters,
            Runnable unusedConnections,
            Runnable repeated) {
        this.limit = limit;
        this.calls = calls;
        this.bodies = new BodyReader(maxBytes);
        this.timer = timer;
        this.meters = meters;
        this.unusedConnections = unusedConnections;
        this.repeated = repeated;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Call call = new Call(scope);
        underWay.add(call);
        long begin = System.nanoTime();
        int status = 0;
        @Nullable ScheduledFuture<?> alarm = null;
        try {
            alarm = alarm(call, request);
            ClassicHttpResponse response = send(call, request, chain);
            status = response.getCode();
            return response;
        } finally {
            if (alarm != null) {
                alarm.cancel(false);
            }
            underWay.remove(call);
            meters.callEnded(status, System.nanoTime() - begin);
        }
    }

    /**
     * Sends the request, and once more over another connection if the server had closed the first
     * one before the request arrived: that does not count as an attempt.
     */
    private ClassicHttpResponse send(Call call, ClassicHttpRequest request, ExecChain chain)
            throws IOException, HttpException {
        HttpClientContext context = call.scope.clientContext;
        try {
            return receive(call, request, chain);
        } catch (IOException | HttpException | RuntimeException e) {
            Optional<Duration> idle = WireExecutor.takeIdle(context);
            idle.ifPresent(duration -> unusedConnections.run());
            if (idle.isEmpty() || call.isCancelled() || !isClosedUnused(e, idle.get())) {
                throw reason(call, e, idle.orElse(Duration.ZERO));
            }
        }
        repeated.run();
        try {
            return receive(call, ClassicRequestBuilder.copy(request).build(), chain);
        } catch (IOException | HttpException | RuntimeException e) {
            Duration idle = WireExecutor.takeIdle(context).orElse(Duration.ZERO);
            throw reason(call, e, idle);
        }
    }

    /**
     * Whether the server had closed the connection before the request arrived. Servers close idle
     * connections only: one that was in use until now broke during the call.
     */
    private static boolean isClosedUnused(Exception failure, Duration idle) {
        boolean closed =
                failure instanceof NoHttpResponseException || failure instanceof SocketException;
        return closed && idle.compareTo(SHORTEST_IDLE) >= 0;
    }

    /** The exception to throw: the reason for which the call was cancelled, if it was. */
    private static IOException reason(Call call, Exception failure, Duration idle)
            throws HttpException {
        IOException cancelled = call.reason.get();
        Exception known = cancelled == null ? failure : cancelled;
        if (known instanceof SocketTimeoutException
                && !(known instanceof ConnectTimeoutException)
                && idle.compareTo(SUSPICIOUS_IDLE) >= 0) {
            return new DeadConnectionException(known);
        }
        if (known instanceof RuntimeException defect) {
            throw defect;
        }
        if (known instanceof HttpException noHttp) {
            throw noHttp;
        }
        return throughProxy(call.scope.route.getProxyHost(), (IOException) known);
    }

    private static IOException throughProxy(@Nullable HttpHost proxy, IOException failure) {
        if (proxy == null || UntrustedException.in(failure).isPresent()) {
            return failure;
        }
        if (HttpTransport.isUnreachable(failure)) {
            return ProxyException.unreachable(proxy.toHostString(), failure);
        }
        return failure instanceof SSLException
                ? ProxyException.noTls(proxy.toHostString(), failure)
                : failure;
    }

    private ClassicHttpResponse receive(Call call, ClassicHttpRequest request, ExecChain chain)
            throws IOException, HttpException {
        boolean received = false;
        try (ClassicHttpResponse response = chain.proceed(request, call.scope)) {
            bodies.buffer(response, call.scope.execRuntime, calls.memory(request));
            received = true;
            return response;
        } finally {
            if (!received) {
                call.scope.execRuntime.discardEndpoint();
            }
        }
    }

    /** Ends the calls that are under way, with a {@link CallAbandonedException} each. */
    public void abandonAll() {
        underWay.forEach(call -> call.cancel(new CallAbandonedException()));
    }

    private ScheduledFuture<?> alarm(Call call, ClassicHttpRequest request) {
        Duration left = calls.timeLeft(request, limit);
        return left.compareTo(limit) < 0
                ? cancelAfter(left, call, () -> new DeadlinePassedException(left))
                : cancelAfter(limit, call, BufferedResponse::late);
    }

    /** The reason is made only when needed, since its stack trace is expensive. */
    private ScheduledFuture<?> cancelAfter(Duration time, Call call, Supplier<IOException> why) {
        return timer.schedule(() -> call.cancel(why.get()), time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static IOException late() {
        return new SocketTimeoutException("No whole answer within the response timeout");
    }

    /** A call under way, which fails with the reason of its first cancellation. */
    private record Call(Scope scope, AtomicReference<@Nullable IOException> reason) {

        Call(Scope scope) {
            this(scope, new AtomicReference<>());
        }

        boolean isCancelled() {
            return reason.get() != null;
        }

        void cancel(IOException why) {
            reason.compareAndSet(null, why);
            if (scope.originalRequest instanceof Cancellable request) {
                request.cancel();
            }
        }
    }
}
