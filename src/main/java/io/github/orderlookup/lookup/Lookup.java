package io.github.orderlookup.lookup;

import io.github.orderlookup.text.Guids;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One lookup: its request and source, its attempts, and its result so far.
 *
 * <p>It owns the resources that are held for it: see {@link #hold}. When the caller is gone (a REST
 * connection closes, a Kafka partition is revoked or lost), the source calls {@link #cancel}.
 *
 * <p>Not thread-safe; it belongs to one exchange and to the thread that processes it. {@link
 * #hold}, {@link #release}, {@link #cancel}, {@link #isCancelled}, {@link #onCancel} and {@link
 * #waitReason} are thread-safe.
 *
 * <p>One class, since it is the state of one lookup. Half of its lines are Javadoc, and most
 * methods return or set one field.
 */
public final class Lookup {

    /** The name of the exchange property that holds the lookup. */
    public static final String PROPERTY = "order-lookup";

    private final Source source;
    private final String correlationId;
    private final Instant arrived;
    private boolean yields;
    private Duration stoodStill = Duration.ZERO;
    private @Nullable OrderLookupRequest request;
    private @Nullable Instant ownDeadline;
    private @Nullable Problem refusal;

    private int attempts;
    private int spent;
    private @Nullable Instant firstPermit;
    private @Nullable String requestId;
    private Instant notBefore;
    private @Nullable Failure failure;
    private boolean newRequestId = true;
    private boolean tokenRenewed;
    private boolean answered;
    private @Nullable ProblemType conclusion;
    private @Nullable OrderState orderState;
    private Tracing.Span span = Tracing.Span.NONE;
    private final Scope scope = new Scope();
    private volatile Supplier<Optional<String>> waitReason = Optional::empty;

    /**
     * @param correlationId the caller's, kept when it is a GUID; otherwise one is made
     * @param arrived by the monotonic clock, as every moment here; one to come is when the lookup
     *     is due
     */
    public Lookup(Source source, @Nullable String correlationId, Instant arrived) {
        this.source = source;
        this.correlationId = Guids.correlationId(correlationId);
        this.arrived = arrived;
        this.notBefore = arrived;
        this.yields = source.yields();
    }

    public Source source() {
        return source;
    }

    public String correlationId() {
        return correlationId;
    }

    /**
     * The lookup is another look at an order that moves: the lookup that follows a look of the same
     * caller.
     *
     * @param due when it is due
     */
    public Lookup lookAgain(Instant due) {
        Lookup next = new Lookup(source, correlationId, due);
        next.yields = true;
        next.span = span;
        return next;
    }

    /**
     * Whether the lookup comes after those that ask for the first time: it is another look at an
     * order that moves.
     */
    public boolean yields() {
        return yields;
    }

    /** When the lookup came in, by the monotonic clock. */
    public Instant arrived() {
        return arrived;
    }

    /**
     * Makes the lookup the owner of a resource: it is released exactly once, by the returned hold
     * or when the lookup is over. Once the lookup is over it is released at once.
     *
     * @param release gives the resource back; short, never blocks, runs on any thread
     */
    public Hold hold(Runnable release) {
        return scope.hold(release);
    }

    /**
     * The lookup is over: releases what it still holds and forgets the listeners. Called at the end
     * of the exchange, whatever happened; further calls have no effect.
     */
    public void release() {
        scope.close();
    }

    /**
     * The caller is gone. A lookup that waits is removed from the queue at once, makes no call of
     * its own, and ends as {@link Source#endsSilentlyWhenCancelled} says. A call that other lookups
     * share is still made for them. A call under way ends by itself; its result is dropped, and
     * what it held is released then. Has no effect on a lookup that is over. Returns at once.
     */
    public void cancel() {
        scope.cancel();
    }

    /** Whether the caller is gone. */
    public boolean isCancelled() {
        return scope.isCancelled();
    }

    /**
     * Registers a listener for {@link #cancel}, called at most once; at once if the lookup is
     * cancelled already.
     *
     * @param listener short, never blocks; runs on the thread that cancels
     * @return withdraws the listener
     */
    public Hold onCancel(Runnable listener) {
        return scope.onCancel(listener);
    }

    /**
     * The lookup begins to wait.
     *
     * @param reason what it waits for, in words; empty once it does not wait any more, or if
     *     nothing explains that it still does. Asked by any thread; never blocks
     */
    public void waitsFor(Supplier<Optional<String>> reason) {
        waitReason = reason;
    }

    /** What the lookup waits for, in words; empty while it does not wait, or should not. */
    public Optional<String> waitReason() {
        return waitReason.get();
    }

    /** The span of this lookup. */
    public Tracing.Span span() {
        return span;
    }

    public void trace(Tracing.Span begun) {
        this.span = begun;
    }

    /** What is asked; empty while the request is unread, and for ever when it was unreadable. */
    public Optional<OrderLookupRequest> request() {
        return Optional.ofNullable(request);
    }

    /**
     * Notes what is asked.
     *
     * @param deadline that of the request itself, by the monotonic clock; null when it has none
     */
    public void ask(OrderLookupRequest asked, @Nullable Instant deadline) {
        this.request = asked;
        this.ownDeadline = deadline;
    }

    /** The deadline that the request itself names, by the monotonic clock; empty when none. */
    public Optional<Instant> ownDeadline() {
        return Optional.ofNullable(ownDeadline);
    }

    /** Why the source itself refused the request, if it did. */
    public Optional<Problem> refusal() {
        return Optional.ofNullable(refusal);
    }

    public void refuse(Problem problem) {
        this.refusal = problem;
    }

    /**
     * The moment at which the lookup fails: the end of the allowance (see {@link
     * Source#countsCallTimeOnly}) or the deadline of the request, whichever comes first.
     */
    public Optional<Instant> deadline(Duration allowance) {
        Instant own = ownDeadline;
        Instant start = source.countsCallTimeOnly() ? firstPermit : arrived;
        if (start == null) {
            return Optional.ofNullable(own);
        }
        Instant allowed = start.plus(allowance).plus(stoodStill);
        return Optional.of(own != null && own.isBefore(allowed) ? own : allowed);
    }

    /** The moment at which a wait for a permit or for memory ends in vain. */
    public Optional<Instant> waitDeadline(Duration allowance) {
        return source.countsCallTimeOnly() ? ownDeadline() : deadline(allowance);
    }

    /**
     * The moment at which a call is ended. During an outage the allowance does not count for a
     * lookup that waits for its end.
     */
    public Optional<Instant> callDeadline(Duration allowance, boolean outage) {
        return outage && source.waitsForOutageEnd() ? ownDeadline() : deadline(allowance);
    }

    /** No attempt before this moment. */
    public Instant notBefore() {
        return notBefore;
    }

    /** Whole answers and failed attempts so far, the first call included. */
    public int attempts() {
        return attempts;
    }

    /** Those of the {@link #attempts} that count against their limit. */
    public int spentAttempts() {
        return spent;
    }

    /** The {@code MS-RequestId} of the last attempt; empty when no call was made. */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /**
     * A call may start now.
     *
     * @param waited how long the lookup waited for the permit since it was ready to go
     */
    public void permit(Instant now, Duration waited) {
        if (firstPermit == null) {
            firstPermit = now;
        } else if (source.countsCallTimeOnly()) {
            stoodStill = stoodStill.plus(waited);
        }
    }

    /**
     * A call starts.
     *
     * @return the request id to send: the one before when the last attempt got no answer, else a
     *     new one
     */
    public String startAttempt() {
        attempts++;
        spent++;
        if (newRequestId || requestId == null) {
            requestId = Guids.next();
        }
        return requestId;
    }

    /**
     * The call of another lookup for the same order serves as an attempt of this one.
     *
     * @param sharedRequestId the request id of that call
     */
    public void shareAttempt(String sharedRequestId) {
        attempts++;
        spent++;
        requestId = sharedRequestId;
    }

    /** The attempt that was started did not become a call. */
    public void withdrawAttempt() {
        attempts--;
        spent--;
        if (attempts == 0) {
            requestId = null;
        }
    }

    /**
     * An outage is over for this lookup: what it spent of attempts and time was spent on that, and
     * it starts anew.
     */
    public void startAnew() {
        spent = 0;
        tokenRenewed = false;
        firstPermit = null;
        stoodStill = Duration.ZERO;
    }

    /** The last attempt brought a body that may be the Order. */
    public void answer() {
        answered = true;
        failure = null;
    }

    /** The last attempt failed. */
    public void fail(Failure how) {
        failure = how;
        newRequestId = how.answered();
    }

    /** Another attempt follows, not before the given moment. */
    public void retryAt(Instant moment) {
        notBefore = moment;
        tokenRenewed |= failure != null && failure.freshToken();
    }

    /** How the last finished attempt failed; empty when none has. */
    public Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /** Whether the one retry with a fresh token has been used. */
    public boolean tokenRenewed() {
        return tokenRenewed;
    }

    /** Whether the call is over: an answer to be read as an Order has come. */
    public boolean isAnswered() {
        return answered;
    }

    /**
     * The outcome is composed.
     *
     * @param problem its type; null when the Order was found
     */
    public void conclude(@Nullable ProblemType problem) {
        conclusion = problem;
        span.set("order_lookup.outcome", problem == null ? "found" : problem.shortName());
    }

    /** The type of the problem that the lookup ended in; empty when the Order was found. */
    public Optional<ProblemType> conclusion() {
        return Optional.ofNullable(conclusion);
    }

    /**
     * The state of an order whose settling the caller waits for.
     *
     * @param label as a label of metrics
     * @param reason in words, at most 200 characters
     * @param since how long ago it was asked for
     */
    public record OrderState(boolean settled, String label, String reason, Duration since) {}

    /** The state of the order that is the outcome. */
    public void orderState(OrderState state) {
        orderState = state;
    }

    /** The state of the order that is the outcome; empty unless the caller waits for that. */
    public Optional<OrderState> orderState() {
        return Optional.ofNullable(orderState);
    }

    /** The problem with what is known of this lookup filled in. */
    public Problem describe(Problem problem) {
        return problem.withLookup(attempts, request, correlationId, requestId);
    }

    /** The problem that the last failure is. */
    public Problem describe(Failure how) {
        return describe(Problem.of(how.type(), how.detail()).withUpstream(how.upstream()));
    }
}
