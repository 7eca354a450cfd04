package io.github.orderlookup.partnercenter;

import io.github.orderlookup.lookup.Meters;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChain.Scope;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/**
 * Turns an exchange with the remote service into a whole answer or a failure: the body is read to
 * its end, decompressed and bounded, within one time limit for everything.
 *
 * <p>The timeouts of the HTTP client bound the silence between two bytes, not the answer; a body
 * that drips in would hold a connection for ever.
 *
 * <p>Thread-safe.
 */
final class WholeAnswer implements ExecChainHandler {

    private final Duration limit;
    private final CallDeadlines deadlines;
    private final int maxBytes;
    private final ScheduledExecutorService timer;
    private final Meters meters;
    private final Set<Call> underWay = ConcurrentHashMap.newKeySet();

    /**
     * @param limit for every call
     * @param deadlines for those calls that must be over sooner
     */
    WholeAnswer(
            Duration limit,
            CallDeadlines deadlines,
            int maxBytes,
            ScheduledExecutorService timer,
            Meters meters) {
        this.limit = limit;
        this.deadlines = deadlines;
        this.maxBytes = maxBytes;
        this.timer = timer;
        this.meters = meters;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Call call = new Call(scope);
        underWay.add(call);
        long begin = System.nanoTime();
        int status = 0;
        ScheduledFuture<?> alarm = alarm(call, request);
        try (ClassicHttpResponse response = chain.proceed(request, scope)) {
            ClassicHttpResponse whole = buffered(response, scope);
            status = whole.getCode();
            return whole;
        } catch (IOException | RuntimeException e) {
            IOException reason = call.reason.get();
            if (reason != null) {
                throw reason;
            }
            throw e;
        } finally {
            alarm.cancel(false);
            underWay.remove(call);
            meters.callEnded(status, System.nanoTime() - begin);
        }
    }

    /** Ends the calls that are under way, with a {@link CallAbandonedException} each. */
    void abandonAll() {
        underWay.forEach(call -> call.cancel(new CallAbandonedException()));
    }

    private ScheduledFuture<?> alarm(Call call, ClassicHttpRequest request) {
        Header id = request.getFirstHeader("MS-RequestId");
        Duration left = id == null ? limit : deadlines.timeLeft(id.getValue()).orElse(limit);
        return left.compareTo(limit) < 0
                ? cancelAfter(left, call, new DeadlinePassedException(left))
                : cancelAfter(limit, call, late());
    }

    private ScheduledFuture<?> cancelAfter(Duration time, Call call, IOException why) {
        return timer.schedule(() -> call.cancel(why), time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static IOException late() {
        return new SocketTimeoutException("No whole answer within the response timeout");
    }

    /** A call under way, which fails with the first reason for which it is cancelled. */
    private record Call(Scope scope, AtomicReference<@Nullable IOException> reason) {

        Call(Scope scope) {
            this(scope, new AtomicReference<>());
        }

        void cancel(IOException why) {
            reason.compareAndSet(null, why);
            if (scope.originalRequest instanceof Cancellable request) {
                request.cancel();
            }
        }
    }

    private ClassicHttpResponse buffered(ClassicHttpResponse response, Scope scope)
            throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return response;
        }
        try (InputStream content = entity.getContent()) {
            byte[] body = content.readNBytes(mostBytes(entity));
            if (body.length > maxBytes) {
                // Closing the stream of a live connection would first read what is left of it.
                scope.execRuntime.discardEndpoint();
                throw new AnswerTooLargeException(maxBytes);
            }
            response.setEntity(new ByteArrayEntity(body, null));
            return response;
        }
    }

    /** A body of known length is read into an array of that length. */
    private int mostBytes(HttpEntity entity) {
        long announced = entity.getContentLength();
        return announced >= 0 && announced <= maxBytes ? (int) announced : maxBytes + 1;
    }
}
