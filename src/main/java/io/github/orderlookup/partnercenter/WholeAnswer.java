package io.github.orderlookup.partnercenter;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChain.Scope;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

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
    private final int maxBytes;
    private final ScheduledExecutorService timer;

    WholeAnswer(Duration limit, int maxBytes, ScheduledExecutorService timer) {
        this.limit = limit;
        this.maxBytes = maxBytes;
        this.timer = timer;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, Scope scope, ExecChain chain)
            throws IOException, HttpException {
        AtomicBoolean late = new AtomicBoolean();
        ScheduledFuture<?> alarm =
                timer.schedule(() -> cancel(scope, late), limit.toNanos(), TimeUnit.NANOSECONDS);
        try (ClassicHttpResponse response = chain.proceed(request, scope)) {
            return buffered(response);
        } catch (IOException | RuntimeException e) {
            if (late.get()) {
                throw new SocketTimeoutException("No whole answer within the response timeout");
            }
            throw e;
        } finally {
            alarm.cancel(false);
        }
    }

    private static void cancel(Scope scope, AtomicBoolean late) {
        late.set(true);
        if (scope.originalRequest instanceof Cancellable call) {
            call.cancel();
        }
    }

    private ClassicHttpResponse buffered(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return response;
        }
        try (InputStream content = entity.getContent()) {
            byte[] body = content.readNBytes(maxBytes + 1);
            if (body.length > maxBytes) {
                throw new AnswerTooLargeException(maxBytes);
            }
            response.setEntity(new ByteArrayEntity(body, null));
            return response;
        }
    }
}
