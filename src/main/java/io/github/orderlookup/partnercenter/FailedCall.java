package io.github.orderlookup.partnercenter;

import io.github.orderlookup.classification.FailureClassifier;
import io.github.orderlookup.classification.NetworkFailure;
import io.github.orderlookup.http.CallAbandonedException;
import io.github.orderlookup.http.DeadConnectionException;
import io.github.orderlookup.http.DeadlinePassedException;
import io.github.orderlookup.http.ResponseTooLargeException;
import io.github.orderlookup.lookup.Failure;
import io.github.orderlookup.lookup.RetryDecision.End;
import io.github.orderlookup.memory.NoMemoryException;
import io.github.orderlookup.network.ProxyException;
import io.github.orderlookup.network.UntrustedException;
import io.github.orderlookup.signin.SignInException;
import io.github.orderlookup.signin.TokenPendingException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.zip.ZipException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What an exception of a call means for its lookup, for the lookups that share the call, and for
 * the health of the service.
 *
 * @param failure of the lookup; null when the attempt is no finished one
 * @param evidence what the call says of the service and the order; null when it says nothing, so
 *     that those who share it make their own
 * @param error the {@code error.type} of the span
 */
record FailedCall(End end, @Nullable Failure failure, @Nullable Failure evidence, String error) {

    /**
     * Classifies an exception. Pure.
     *
     * @param longestCall the time that a call gets whose lookup has just begun. A call that the
     *     deadline has ended counts as timed out if it had nearly as much
     * @throws RuntimeException what is no failure of a call
     */
    static FailedCall of(Exception thrown, Duration longestCall) {
        if (thrown instanceof CallAbandonedException) {
            return new FailedCall(End.ABANDONED, null, null, "abandoned");
        }
        if (thrown instanceof TokenPendingException) {
            return new FailedCall(End.TOKEN_PENDING, null, null, "no-token");
        }
        if (thrown instanceof NoMemoryException) {
            return new FailedCall(End.NO_MEMORY, null, null, "no-memory");
        }
        if (thrown instanceof DeadlinePassedException cut) {
            boolean timedOut =
                    cut.given().compareTo(longestCall.multipliedBy(9).dividedBy(10)) >= 0;
            Failure evidence = timedOut ? FailureClassifier.classify(NetworkFailure.TIMEOUT) : null;
            return new FailedCall(End.DEADLINE, null, evidence, "deadline");
        }
        Failure failure = failure(thrown);
        String error = failure.type().shortName();
        if (thrown instanceof SignInException) {
            return new FailedCall(End.NO_TOKEN, failure, null, error);
        }
        boolean unused = thrown instanceof DeadConnectionException;
        return new FailedCall(End.FAILED, failure, unused ? null : failure, error);
    }

    private static Failure untrusted(UntrustedException refusal) {
        return FailureClassifier.unreachable(
                "Partner Center could not be trusted. " + refusal.detail());
    }

    private static Failure failure(Exception thrown) {
        if (thrown instanceof ResponseTooLargeException || thrown instanceof ZipException) {
            return Failure.unusable(
                    thrown instanceof ZipException
                            ? "The answer of Partner Center could not be decompressed."
                            : "The answer of Partner Center is larger than 16 MiB.",
                    null);
        }
        if (thrown instanceof SignInException noToken) {
            return FailureClassifier.signIn(
                    noToken.refused(), noToken.detail(), noToken.retryAfter().orElse(null));
        }
        if (thrown instanceof ProxyException proxy) {
            return FailureClassifier.unreachable(proxy.detail());
        }
        if (thrown instanceof InterruptedIOException
                && !(thrown instanceof ConnectTimeoutException)) {
            return FailureClassifier.classify(NetworkFailure.TIMEOUT);
        }
        if (thrown instanceof IOException) {
            return UntrustedException.in(thrown)
                    .map(FailedCall::untrusted)
                    .orElseGet(() -> FailureClassifier.classify(NetworkFailure.NETWORK));
        }
        throw thrown instanceof RuntimeException unexpected
                ? unexpected
                : new UncheckedIOException(new IOException(thrown));
    }
}
