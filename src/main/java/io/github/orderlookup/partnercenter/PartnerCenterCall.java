package io.github.orderlookup.partnercenter;

import io.github.orderlookup.admission.AcquirePermit;
import io.github.orderlookup.admission.CallLimiter;
import io.github.orderlookup.admission.CallPermit;
import io.github.orderlookup.admission.LookupLog;
import io.github.orderlookup.classification.FailureClassifier;
import io.github.orderlookup.classification.UpstreamResponse;
import io.github.orderlookup.http.CallDeadlines;
import io.github.orderlookup.lookup.Failure;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.memory.MemoryClaim;
import io.github.orderlookup.memory.MemoryClaims;
import io.github.orderlookup.memory.MemoryShares;
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
public final class PartnerCenterCall {

    /** Exchange property: when the call started. */
    private static final String SENT = "order-lookup-sent";

    private final PartnerCenterRequest request;
    private final CallLimiter limiter;
    private final SignInWatch signIn;
    private final CallDeadlines deadlines;
    private final MemoryClaims claims;
    private final MemoryShares memory;
    private final Duration longestCall;
    private final Duration allowance;
    private final Clock clock;
    private final Clock wall;

    /**
     * @param deadlines the moments at which calls are ended
     * @param longestCall the time that a call may take when its lookup has just begun
     * @param clock monotonic
     * @param wall for dates in responses
     */
    public PartnerCenterCall(
            PartnerCenterRequest request,
            CallLimiter limiter,
            SignInWatch signIn,
            CallDeadlines deadlines,
            MemoryClaims claims,
            MemoryShares memory,
            Duration longestCall,
            Duration allowance,
            Clock clock,
            Clock wall) {
        this.request = request;
        this.limiter = limiter;
        this.signIn = signIn;
        this.deadlines = deadlines;
        this.claims = claims;
        this.memory = memory;
        this.longestCall = longestCall;
        this.allowance = allowance;
        this.clock = clock;
        this.wall = wall;
    }

    /** Whether another attempt is needed: the condition of the loop. */
    public boolean isUnanswered(Exchange exchange) {
        return !lookup(exchange).isAnswered();
    }

    /** Whether the lookup has a permit; it has none when it took the result of a shared call. */
    public boolean isPermitted(Exchange exchange) {
        return exchange.getProperty(AcquirePermit.PERMIT) != null;
    }

    /**
     * Starts an attempt: an empty message, a request id, the span, the end of the call, and the
     * claim on memory for its response.
     */
    public void startAttempt(Exchange exchange) {
        Lookup lookup = lookup(exchange);
        String requestId = lookup.startAttempt();
        Message message = exchange.getMessage();
        message.setBody(null);
        message.setHeaders(new HashMap<>());
        CallPermit permit = permit(exchange);
        permit.span =
                request.trace(lookup.span())
                        .set("http.request.resend_count", lookup.attempts() - 1L);
        permit.callHold = lookup.hold(() -> end(permit, requestId));
        lookup.callDeadline(allowance, limiter.outage().isPresent())
                .ifPresent(end -> deadlines.set(requestId, end));
        MemoryClaim claim = new MemoryClaim(memory.of(lookup.source().share()));
        permit.memoryHold = lookup.hold(() -> giveBack(claim));
        claims.set(requestId, claim);
        exchange.setProperty(AcquireMemory.CLAIM, claim);
        exchange.setProperty(SENT, clock.instant());
        LookupLog.sent(lookup, requestId);
    }

    /** How long ago the call started. */
    private Duration taken(Exchange exchange) {
        Instant sent = exchange.getProperty(SENT, Instant.class);
        return sent == null ? Duration.ZERO : Duration.between(sent, clock.instant());
    }

    private void end(CallPermit permit, String requestId) {
        permit.span.end();
        deadlines.remove(requestId);
        claims.remove(requestId);
    }

    private void giveBack(MemoryClaim claim) {
        if (claim.release()) {
            limiter.reconsider();
        }
    }

    /** Notes why no complete response came. */
    public void classifyNetworkFailure(Exchange exchange) {
        Exception thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Lookup lookup = lookup(exchange);
        LookupLog.unanswered(lookup, thrown, taken(exchange));
        FailedCall call = FailedCall.of(thrown, longestCall);
        CallPermit permit = permit(exchange);
        permit.span.fail(call.error());
        RetryStep.note(exchange, call.end());
        if (call.failure() != null) {
            lookup.fail(call.failure());
        }
        if (call.evidence() != null) {
            permit.result =
                    new CallPermit.Result(
                            lookup.requestId().orElseThrow(), new byte[0], call.evidence());
        }
        if (thrown instanceof TokenPendingException) {
            AcquirePermit.keepPlace(exchange);
            signIn.pending();
        } else if (thrown instanceof SignInException noToken) {
            AcquirePermit.keepPlace(exchange);
            signIn.failed(noToken);
        }
    }

    /** Notes the response: a body that may be an Order, or a failure. */
    public void classifyResponse(Exchange exchange) {
        Message message = exchange.getMessage();
        byte[] body = body(message);
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        LookupLog.answered(lookup(exchange), status, body.length, taken(exchange));
        UpstreamResponse response = new UpstreamResponse(status, responseHeaders(message), body);
        trace(permit(exchange), status);
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
        permit(exchange).result =
                new CallPermit.Result(lookup.requestId().orElseThrow(), body, failure);
    }

    private void pauseIfThrottled(Lookup lookup, Failure failure) {
        if (failure.type() == ProblemType.THROTTLED) {
            limiter.pause(
                    lookup.request().orElseThrow().customerId(),
                    failure.retryAfter() == null ? Duration.ZERO : failure.retryAfter());
        }
    }

    /** Gives the call slot back. Does nothing without a permit. */
    public void releasePermit(Exchange exchange) {
        CallPermit permit = (CallPermit) exchange.removeProperty(AcquirePermit.PERMIT);
        if (permit != null) {
            permit.callHold.release();
            permit.hold.release();
            if (!lookup(exchange).isAnswered()) {
                permit.memoryHold.release();
            }
        }
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

    private static void trace(CallPermit permit, int status) {
        permit.span.set("http.response.status_code", status);
        if (status >= 400) {
            permit.span.fail(Integer.toString(status));
        }
    }

    private static CallPermit permit(Exchange exchange) {
        return exchange.getProperty(AcquirePermit.PERMIT, CallPermit.class);
    }

    private static Lookup lookup(Exchange exchange) {
        return exchange.getProperty(Lookup.PROPERTY, Lookup.class);
    }
}
