package io.github.orderlookup.partnercenter;

import io.github.orderlookup.admission.CallLimiter;
import io.github.orderlookup.admission.CallPermit.Result;
import io.github.orderlookup.classification.FailureClassifier;
import io.github.orderlookup.classification.UpstreamResponse;
import io.github.orderlookup.http.CallsUnderWay;
import io.github.orderlookup.lookup.Failure;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.lookup.Tracing.Span;
import io.github.orderlookup.memory.MemoryClaim;
import io.github.orderlookup.memory.ResponseMemory;
import io.github.orderlookup.signin.SignInException;
import io.github.orderlookup.signin.TokenPendingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * The steps of the route {@code order-lookup-attempt} around one call to Partner Center: start,
 * classify the response or the exception, release the permit.
 *
 * <p>Thread-safe: all state is in the {@link Lookup} of the exchange.
 */
final class PartnerCenterCall {

    private final PartnerCenterRequest request;
    private final CallLimiter limiter;
    private final SignInWatch signIn;
    private final CallsUnderWay underWay;
    private final ResponseMemory.Shares memory;
    private final Duration longestCall;
    private final Duration allowance;
    private final Clock clock;
    private final Clock wall;

    /**
     * @param underWay what the HTTP client knows of the calls
     * @param longestCall the time that a call may take when its lookup has just begun
     * @param clock monotonic
     * @param wall for dates in responses
     */
    PartnerCenterCall(
            PartnerCenterRequest request,
            CallLimiter limiter,
            SignInWatch signIn,
            CallsUnderWay underWay,
            ResponseMemory.Shares memory,
            Duration longestCall,
            Duration allowance,
            Clock clock,
            Clock wall) {
        this.request = request;
        this.limiter = limiter;
        this.signIn = signIn;
        this.underWay = underWay;
        this.memory = memory;
        this.longestCall = longestCall;
        this.allowance = allowance;
        this.clock = clock;
        this.wall = wall;
    }

    /** Whether another attempt is needed: the condition of the loop. */
    boolean isUnanswered(Exchange exchange) {
        return !lookup(exchange).isAnswered();
    }

    /** Whether the lookup has a permit; it has none when it took the result of a shared call. */
    boolean isPermitted(Exchange exchange) {
        return CallUnderWay.in(exchange) != null;
    }

    /**
     * Starts an attempt: an empty message, a request id, the span, the end of the call, and the
     * claim on memory for its response.
     */
    void startAttempt(Exchange exchange) {
        Lookup lookup = lookup(exchange);
        String requestId = lookup.startAttempt();
        Message message = exchange.getMessage();
        message.setBody(null);
        message.setHeaders(new HashMap<>());
        Instant end = lookup.callDeadline(allowance, limiter.outage().isPresent()).orElse(null);
        MemoryClaim claim = new MemoryClaim(memory.of(lookup.source().share()));
        call(exchange)
                .start(
                        clock.instant(),
                        request.trace(lookup.span())
                                .set("http.request.resend_count", lookup.attempts() - 1L),
                        underWay.begin(requestId, end, claim),
                        claim,
                        () -> giveBack(claim));
        LookupLog.sent(lookup, requestId);
    }

    private void giveBack(MemoryClaim claim) {
        if (claim.release()) {
            limiter.reconsider();
        }
    }

    /** Notes why no complete response came. */
    void classifyNetworkFailure(Exchange exchange) {
        Exception thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Lookup lookup = lookup(exchange);
        CallUnderWay call = call(exchange);
        LookupLog.unanswered(lookup, thrown, call.taken(clock.instant()));
        FailedCall failed = FailedCall.of(thrown, longestCall);
        call.span().fail(failed.error());
        call.endAs(failed.end());
        if (failed.failure() != null) {
            lookup.fail(failed.failure());
        }
        if (failed.evidence() != null) {
            call.bring(
                    new Result(lookup.requestId().orElseThrow(), new byte[0], failed.evidence()));
        }
        if (thrown instanceof TokenPendingException) {
            call.keepPlace();
            signIn.pending();
        } else if (thrown instanceof SignInException noToken) {
            call.keepPlace();
            signIn.failed(noToken);
        }
    }

    /** Notes the response: a body that may be an Order, or a failure. */
    void classifyResponse(Exchange exchange) {
        Message message = exchange.getMessage();
        byte[] body = body(message);
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        CallUnderWay call = call(exchange);
        LookupLog.answered(lookup(exchange), status, body.length, call.taken(clock.instant()));
        UpstreamResponse response = new UpstreamResponse(status, responseHeaders(message), body);
        trace(call.span(), status);
        message.setHeaders(new HashMap<>());
        message.setBody(response.body());
        note(
                exchange,
                response.body(),
                FailureClassifier.classify(response, wall.instant()).orElse(null));
    }

    /** The response is buffered: its stream returns it in one piece. */
    private static byte[] body(Message message) {
        try (InputStream content = message.getBody(InputStream.class)) {
            return content == null ? new byte[0] : content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    private void note(Exchange exchange, byte[] body, @Nullable Failure failure) {
        Lookup lookup = lookup(exchange);
        if (failure == null) {
            lookup.answer();
        } else {
            lookup.fail(failure);
            pauseIfThrottled(lookup, failure);
        }
        call(exchange).bring(new Result(lookup.requestId().orElseThrow(), body, failure));
    }

    private void pauseIfThrottled(Lookup lookup, Failure failure) {
        if (failure.type() == ProblemType.THROTTLED) {
            limiter.pause(
                    lookup.request().orElseThrow().customerId(),
                    failure.retryAfter() == null ? Duration.ZERO : failure.retryAfter());
        }
    }

    /** Gives the call slot back. */
    void releasePermit(Exchange exchange) {
        call(exchange).release();
    }

    private static Map<String, List<String>> responseHeaders(Message message) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        message.getHeaders()
                .forEach(
                        (name, value) -> {
                            if (value != null && !name.startsWith("Camel")) {
                                headers.put(
                                        name,
                                        value instanceof List<?> several
                                                ? several.stream().map(String::valueOf).toList()
                                                : List.of(value.toString()));
                            }
                        });
        return headers;
    }

    private static void trace(Span call, int status) {
        call.set("http.response.status_code", status);
        if (status >= 400) {
            call.fail(Integer.toString(status));
        }
    }

    private static CallUnderWay call(Exchange exchange) {
        return Objects.requireNonNull(CallUnderWay.in(exchange));
    }

    private static Lookup lookup(Exchange exchange) {
        return exchange.getProperty(Lookup.PROPERTY, Lookup.class);
    }
}
