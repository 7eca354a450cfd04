package io.github.orderlookup.signin;

import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * No access token could be had. Neither the message nor a cause holds a token, a secret or text of
 * the login host other than error numbers.
 */
public final class SignInException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    private final boolean refused;
    private final @Nullable Duration retryAfter;

    private SignInException(
            boolean refused,
            String detail,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(detail, cause);
        this.refused = refused;
        this.retryAfter = retryAfter;
    }

    /** The operator must act before a token can be had. */
    public static SignInException refused(String detail) {
        return new SignInException(true, detail, null, null);
    }

    /** Nobody must act: the login host is down, throttling or not to be understood. */
    public static SignInException unavailable(String detail, @Nullable Throwable cause) {
        return new SignInException(false, detail, null, cause);
    }

    public static SignInException unavailable(String detail, Optional<Duration> retryAfter) {
        return new SignInException(false, detail, retryAfter.orElse(null), null);
    }

    /** The failure of a shared request, for one of those who waited for it. */
    static SignInException of(ExecutionException shared) {
        return shared.getCause() instanceof SignInException failure
                ? failure.again(failure.retryAfter().orElse(Duration.ZERO))
                : unavailable("Signing in failed unexpectedly.", shared.getCause());
    }

    /** The same failure for another caller, who may try again after {@code wait}. */
    public SignInException again(Duration wait) {
        return new SignInException(refused, detail(), wait, getCause());
    }

    /**
     * Whether the operator must act: the credential was refused, or the token store is not usable.
     * If not, the login host is down or throttling, and time mends it.
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
