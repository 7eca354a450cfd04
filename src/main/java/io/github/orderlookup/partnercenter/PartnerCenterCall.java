package io.github.orderlookup.partnercenter;

import io.github.orderlookup.admission.AcquirePermit;
import io.github.orderlookup.admission.CallLimiter;
import io.github.orderlookup.admission.CallPermit;
import io.github.orderlookup.admission.Endings;
import io.github.orderlookup.admission.LookupLog;
import io.github.orderlookup.classification.FailureClassifier;
import io.github.orderlookup.classification.NetworkFailure;
import io.github.orderlookup.classification.UpstreamResponse;
import io.github.orderlookup.http.CallAbandonedException;
import io.github.orderlookup.http.CallDeadlines;
import io.github.orderlookup.http.DeadConnectionException;
import io.github.orderlookup.http.DeadlinePassedException;
import io.github.orderlookup.http.ProxyException;
import io.github.orderlookup.http.ResponseTooLargeException;
import io.github.orderlookup.lookup.Failure;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.OrderLookupException;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.lookup.RetryDecision;
import io.github.orderlookup.lookup.RetryDecision.Attempt;
import io.github.orderlookup.lookup.RetryDecision.End;
import io.github.orderlookup.lookup.RetryDecision.GiveUp;
import io.github.orderlookup.lookup.RetryDecision.Reason;
import io.github.orderlookup.lookup.RetryDecision.Retry;
import io.github.orderlookup.memory.MemoryClaim;
import io.github.orderlookup.memory.MemoryClaims;
import io.github.orderlookup.memory.MemoryShares;
import io.github.orderlookup.memory.NoMemoryException;
import io.github.orderlookup.signin.SignInException;
import io.github.orderlookup.signin.TokenPendingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.zip.ZipException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds one attempt to call Partner Center: the request that goes out, and the verdict on
 * what came back. The steps of the route {@code order-lookup-attempt}.
 *
 * <p>Thread-safe: all state is in the {@link Lookup} of the exchange.
 */
public final class PartnerCenterCall {

    /** Exchange property: how the attempt ended, unless the response or the failure says so. */
    private static final String END = "order-lookup-attempt-end";

    /** Exchange property: when the call left. */
    private static final String SENT = "order-lookup-sent";

    private final PartnerCenterRequest request;
    private final CallLimiter limiter;
    private final SignInWatch signIn;
    private final CallDeadlines deadlines;
    private final MemoryClaims claims;
    private final MemoryShares memory;
    private final Duration longestCall;
    private final int maxAttempts;
    private final Duration allowance;
    private final Clock clock;
    private final Clock wall;
    private final RandomGenerator random;

    /**
     * @param deadlines told when each call has to be over
     * @param longestCall the time that a call may take when its lookup has just begun
     * @param clock monotonic
     * @param wall what a date in an answer is compared with
     */
    public PartnerCenterCall(
            PartnerCenterRequest request,
            CallLimiter limiter,
            SignInWatch signIn,
            CallDeadlines deadlines,
            MemoryClaims claims,
            MemoryShares memory,
            Duration longestCall,
            int maxAttempts,
            Duration allowance,
            Clock clock,
            Clock wall,
            RandomGenerator random) {
        this.request = request;
        this.limiter = limiter;
        this.signIn = signIn;
        this.deadlines = deadlines;
        this.claims = claims;
        this.memory = memory;
        this.longestCall = longestCall;
        this.maxAttempts = maxAttempts;
        this.allowance = allowance;
        this.clock = clock;
        this.wall = wall;
        this.random = random;
    }

    /** Whether another attempt is needed: the condition of the loop. */
    public boolean isUnanswered(Exchange exchange) {
        return !lookup(exchange).isAnswered();
    }

    /** Whether the lookup has its turn, and has not got the result of another's call instead. */
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
        CallPermit permit = turn(exchange);
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

    /** How long ago the call left. */
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

    /** Notes why no whole answer came. */
    public void classifyNetworkFailure(Exchange exchange) {
        Exception fault = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        LookupLog.unanswered(lookup(exchange), fault, taken(exchange));
        if (fault instanceof CallAbandonedException) {
            exchange.setProperty(END, End.ABANDONED);
            turn(exchange).span.fail("abandoned");
        } else if (fault instanceof TokenPendingException) {
            exchange.setProperty(END, End.TOKEN_PENDING);
            AcquirePermit.keepPlace(exchange);
            turn(exchange).span.fail("no-token");
            signIn.pending();
        } else if (fault instanceof NoMemoryException) {
            exchange.setProperty(END, End.NO_MEMORY);
            turn(exchange).span.fail("no-memory");
        } else if (fault instanceof SignInException noToken) {
            noteNoToken(exchange, noToken);
        } else if (fault instanceof DeadlinePassedException cut) {
            noteCut(exchange, cut);
        } else {
            Failure failure = failure(fault);
            turn(exchange).span.fail(failure.type().shortName());
            note(exchange, new byte[0], failure);
            if (fault instanceof DeadConnectionException) {
                turn(exchange).result = null;
            }
        }
    }

    /** Says nothing of the order, so that whoever shares the call waits on for one of its own. */
    private void noteNoToken(Exchange exchange, SignInException noToken) {
        Failure failure =
                FailureClassifier.signIn(
                        noToken.refused(), noToken.detail(), noToken.retryAfter().orElse(null));
        turn(exchange).span.fail(failure.type().shortName());
        exchange.setProperty(END, End.NO_TOKEN);
        AcquirePermit.keepPlace(exchange);
        lookup(exchange).fail(failure);
        signIn.failed(noToken);
    }

    /**
     * A call that had all the time that calls get counts as one without an answer in time; one with
     * less says nothing of the service, nor of the order.
     */
    private void noteCut(Exchange exchange, DeadlinePassedException cut) {
        exchange.setProperty(END, End.DEADLINE);
        CallPermit permit = turn(exchange);
        permit.span.fail("deadline");
        if (cut.given().compareTo(longestCall.multipliedBy(9).dividedBy(10)) >= 0) {
            permit.result =
                    new CallPermit.Result(
                            lookup(exchange).requestId().orElseThrow(),
                            new byte[0],
                            FailureClassifier.classify(NetworkFailure.TIMEOUT));
        }
    }

    /** Notes the answer: an Order, perhaps, or how it failed. */
    public void classifyResponse(Exchange exchange) {
        Message message = exchange.getMessage();
        byte[] body = body(message);
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        LookupLog.answered(lookup(exchange), status, body.length, taken(exchange));
        UpstreamResponse response = new UpstreamResponse(status, responseHeaders(message), body);
        trace(turn(exchange), status);
        message.setHeaders(new HashMap<>());
        message.setBody(response.body());
        note(
                exchange,
                response.body(),
                FailureClassifier.classify(response, wall.instant()).orElse(null));
    }

    /** The whole answer lies in memory: its stream gives it in one piece. */
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
        turn(exchange).result =
                new CallPermit.Result(lookup.requestId().orElseThrow(), body, failure);
    }

    private void pauseIfThrottled(Lookup lookup, Failure failure) {
        if (failure.type() == ProblemType.THROTTLED) {
            limiter.pause(
                    lookup.request().orElseThrow().customerId(),
                    failure.retryAfter() == null ? Duration.ZERO : failure.retryAfter());
        }
    }

    /** Gives the call slot back. Does nothing when the turn was never granted. */
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

    /**
     * Acts on what is decided after an attempt without an Order: another attempt, or the problem.
     *
     * @throws OrderLookupException with the problem, when no further attempt may help or is allowed
     */
    public void decideRetry(Exchange exchange) {
        Lookup lookup = lookup(exchange);
        End end = (End) exchange.removeProperty(END);
        if (lookup.isCancelled()) {
            Endings.cancel(exchange, lookup);
        } else if (end != null) {
            decideRetry(lookup, end);
        } else if (lookup.failure().isPresent()) {
            decideRetry(lookup, End.FAILED);
        }
    }

    private void decideRetry(Lookup lookup, End end) {
        Instant now = clock.instant();
        RetryDecision decision = RetryDecision.decide(attempt(lookup, end, now), random);
        boolean failed = end == End.FAILED || end == End.NO_TOKEN;
        if (decision instanceof Retry retry) {
            if (retry.withdrawn()) {
                lookup.withdrawAttempt();
            }
            lookup.retryAt(retry.notBefore());
            lookup.failure()
                    .filter(failure -> failed)
                    .ifPresent(failure -> LookupLog.retried(lookup, failure, now));
        } else if (decision instanceof GiveUp giveUp) {
            throw problem(lookup, giveUp.reason());
        }
    }

    private Attempt attempt(Lookup lookup, End end, Instant now) {
        boolean tokenRefused = end == End.FAILED && isTokenRefused(lookup);
        return new Attempt(
                end,
                lookup.failure().orElse(null),
                tokenRefused,
                lookup.source(),
                lookup.spentAttempts(),
                maxAttempts,
                limiter.outageState(),
                now,
                lookup.ownDeadline().orElse(null),
                lookup.deadline(allowance).orElse(null));
    }

    /** Enough refused tokens in a row are an outage, so the watch is notified first. */
    private boolean isTokenRefused(Lookup lookup) {
        Failure failure = lookup.failure().orElseThrow();
        boolean refused =
                RetryDecision.isTokenRefused(
                        failure, lookup.tokenRenewed(), signIn.hasNewerToken());
        if (refused) {
            signIn.refused(failure);
        }
        return refused;
    }

    private static OrderLookupException problem(Lookup lookup, Reason reason) {
        return switch (reason) {
            case DEADLINE -> Endings.expired(lookup);
            case NO_MEMORY -> Endings.withoutRoom(lookup);
            case FAILURE -> Endings.failed(lookup);
        };
    }

    private static Failure failure(Exception fault) {
        if (fault instanceof ResponseTooLargeException || fault instanceof ZipException) {
            return new Failure(
                    ProblemType.INVALID_UPSTREAM_RESPONSE,
                    fault instanceof ZipException
                            ? "The answer of Partner Center could not be decompressed."
                            : "The answer of Partner Center is larger than 16 MiB.",
                    false,
                    false,
                    true,
                    null,
                    null);
        }
        if (fault instanceof ProxyException proxy) {
            return FailureClassifier.unreachable(proxy.detail());
        }
        if (fault instanceof InterruptedIOException
                && !(fault instanceof ConnectTimeoutException)) {
            return FailureClassifier.classify(NetworkFailure.TIMEOUT);
        }
        if (fault instanceof IOException) {
            return FailureClassifier.classify(NetworkFailure.NETWORK);
        }
        throw fault instanceof RuntimeException unexpected
                ? unexpected
                : new UncheckedIOException(new IOException(fault));
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

    private static CallPermit turn(Exchange exchange) {
        return exchange.getProperty(AcquirePermit.PERMIT, CallPermit.class);
    }

    private static Lookup lookup(Exchange exchange) {
        return exchange.getProperty(Lookup.PROPERTY, Lookup.class);
    }
}
