package io.github.orderlookup.signin;

import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * No access token could be obtained. Neither the message nor a cause holds a token, a secret or
 * text of the login host other than error numbers.
 */
public final class SignInException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    static final String UNEXPECTED = "Signing in failed unexpectedly.";

    /** Fewer failures of a login host that is down are no outage. */
    private static final int FAILURES_OF_AN_OUTAGE = 3;

    private final boolean refused;
    private final @Nullable Duration retryAfter;
    private final int inARow;

    private SignInException(
            boolean refused,
            String detail,
            @Nullable Duration retryAfter,
            int inARow,
            @Nullable Throwable cause) {
        super(detail, cause);
        this.refused = refused;
        this.retryAfter = retryAfter;
        this.inARow = inARow;
    }

    /** The operator must act before a token can be had. */
    public static SignInException refused(String detail) {
        return new SignInException(true, detail, null, 1, null);
    }

    /** The service tries again: the login host is down, throttling or answers something else. */
    public static SignInException unavailable(String detail, @Nullable Throwable cause) {
        return new SignInException(false, detail, null, 1, cause);
    }

    public static SignInException unavailable(String detail, Optional<Duration> retryAfter) {
        return new SignInException(false, detail, retryAfter.orElse(null), 1, null);
    }

    /**
     * The sign-in failure that {@code failure} is or wraps; an unexpected one when there is none.
     */
    public static SignInException of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SignInException known) {
                return known;
            }
        }
        return unavailable(UNEXPECTED, failure);
    }

    /** The failure of a shared request, as an exception of one caller's own. */
    static SignInException shared(ExecutionException failure) {
        SignInException shared = of(failure);
        return shared.again(shared.retryAfter().orElse(Duration.ZERO));
    }

    static SignInException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return unavailable("Interrupted while waiting for a token.", e);
    }

    /** The same failure for another caller, who may try again after {@code wait}. */
    public SignInException again(Duration wait) {
        return again(wait, inARow);
    }

    /**
     * The same failure, with its place in a row.
     *
     * @param inARow failed token requests in a row that left no valid token, this one included
     */
    public SignInException again(Duration wait, int inARow) {
        return new SignInException(refused, detail(), wait, inARow, getCause());
    }

    /**
     * Whether lookups no longer wait for this to pass: the operator must act, or the login host has
     * failed for the third time in a row.
     */
    public boolean isOutage() {
        return refused || inARow >= FAILURES_OF_AN_OUTAGE;
    }

    /**
     * Whether the operator must act: the credential was refused, or the token store is not usable.
     * If not, the login host is down or throttling, and the service tries again.
     */
    public boolean refused() {
        return refused;
    }

    /** What is wrong and what to do, in plain words; with the AADSTS number if there is one. */
    public String detail() {
        String message = getMessage();
        return message == null ? "" : message;
    }

    /** How long to wait before a token can be asked for again. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
