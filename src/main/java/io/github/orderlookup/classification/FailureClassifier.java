package io.github.orderlookup.classification;

import io.github.orderlookup.lookup.Failure;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.lookup.Upstream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Classifies the end of an attempt: which problem it is, and whether another attempt may help.
 * Looks at the pair of HTTP status and error code, since the same code means different things under
 * different statuses. Pure; safe for use by many threads.
 */
public final class FailureClassifier {

    /** Statuses after which the same call may succeed. */
    private static final Set<Integer> TRANSIENT = Set.of(408, 429, 500, 502, 503, 504);

    /** Statuses of a service that has accepted the token. */
    private static final Set<Integer> ACCEPTING = Set.of(200, 400, 403, 404, 409);

    /** Refusals of a token that the next token would meet as well: wrong audience, no MFA. */
    private static final Set<String> LASTING_401 = Set.of("900420", "900421");

    private static final String NO_MFA_CODE = "10001";

    /** Texts, in lower case, by which a 401 says that the user signed in with a password alone. */
    private static final List<String> NO_MFA =
            List.of(
                    "mfa required",
                    "mfa is required",
                    "requires mfa",
                    "multi-factor authentication",
                    "multifactor authentication",
                    "aadsts50076",
                    "aadsts50079");

    /** Texts, in lower case, by which a 401 says that the token is for another service. */
    private static final List<String> WRONG_AUDIENCE =
            List.of(
                    "invalid audience",
                    "audience is invalid",
                    "audience validation failed",
                    "audience not accepted");

    /** Codes by which a 400 says that it does not know the customer. */
    private static final Set<String> UNKNOWN_CUSTOMER_400 = Set.of("2205", "900118");

    private static final String UNKNOWN_CUSTOMER_404 = "60003";

    private FailureClassifier() {}

    /**
     * The failure that an answer is.
     *
     * @param now the moment it came, to which a date in {@code Retry-After} is compared
     * @return empty for a 200 whose body may be the order
     */
    public static Optional<Failure> classify(UpstreamResponse response, Instant now) {
        return response.status() == 200
                ? ErrorBody.insteadOfOrder(response).map(body -> noOrder(response, body, now))
                : Optional.of(failure(response.status(), response, ErrorBody.of(response), now));
    }

    /** The failure of an attempt to which no whole answer came; always worth another one. */
    public static Failure classify(NetworkFailure networkFailure) {
        return switch (networkFailure) {
            case NETWORK ->
                    unreachable("No whole answer came from Partner Center: the network failed.");
            case TIMEOUT ->
                    Failure.retryable(
                            ProblemType.UPSTREAM_TIMEOUT,
                            "No whole answer came from Partner Center in time.",
                            null);
        };
    }

    /**
     * The failure of an attempt that did not get to Partner Center.
     *
     * @param detail a plain sentence that says why not
     */
    public static Failure unreachable(String detail) {
        return Failure.retryable(ProblemType.UPSTREAM_UNAVAILABLE, detail, null);
    }

    /**
     * The failure of an attempt for which no token could be had.
     *
     * @param refused whether the credential was refused, so that an operator must act; else the
     *     login host is down or throttling
     * @param detail a plain sentence that says what to do
     */
    public static Failure signIn(boolean refused, String detail, @Nullable Duration retryAfter) {
        return refused
                ? Failure.permanent(ProblemType.AUTHENTICATION_FAILED, detail)
                : Failure.retryable(ProblemType.UPSTREAM_UNAVAILABLE, detail, retryAfter);
    }

    /**
     * The failure of a 200 whose body is evidently no order, but a service error or a collection.
     * Where it states a status that is retried, it is treated as that status.
     */
    private static Failure noOrder(UpstreamResponse response, ErrorBody body, Instant now) {
        Optional<Integer> stated = ErrorBody.statusInsteadOfOrder(response, TRANSIENT);
        if (stated.isPresent()) {
            return failure(stated.get(), response, body, now);
        }
        return Failure.unusable(
                "Partner Center answered 200 with a fault or a collection instead of an order:"
                        + " check partner-center.api-url if this stays.",
                new Upstream(response.status(), body.code(), body.description(), body.source()));
    }

    private static Failure failure(
            int status, UpstreamResponse response, ErrorBody body, Instant now) {
        ProblemType type = type(status, response, body);
        boolean freshToken = refusesToken(status, body);
        boolean vetoed = Boolean.FALSE.equals(body.isRetryable());
        return new Failure(
                type,
                Remedies.of(type, status, known(status, body)),
                (TRANSIENT.contains(status) || freshToken) && !vetoed,
                freshToken && !vetoed,
                true,
                TRANSIENT.contains(status) ? RetryAfter.read(response, now).orElse(null) : null,
                new Upstream(status, body.code(), body.description(), body.source()));
    }

    /**
     * Whether an answer refuses the very token that was sent, so that the next one may be taken:
     * any 401 but those that would refuse every token of its kind.
     */
    public static boolean refusesToken(UpstreamResponse response) {
        return refusesToken(response.status(), ErrorBody.of(response));
    }

    /**
     * Whether a status says that the service took the token: it looked at the request itself. One
     * of a gateway, or of a service that is down, does not.
     */
    public static boolean acceptsToken(int status) {
        return ACCEPTING.contains(status);
    }

    private static boolean refusesToken(int status, ErrorBody body) {
        return status == 401 && !contains(LASTING_401, known(status, body));
    }

    /**
     * The code of a service error; for a 401 without a known code, the code that its text
     * corresponds to, since some services say it in words alone.
     */
    private static @Nullable String known(int status, ErrorBody body) {
        String description = body.description();
        if (status != 401 || contains(LASTING_401, body.code())) {
            return body.code();
        }
        String text = description == null ? "" : description.toLowerCase(Locale.ROOT);
        if (NO_MFA_CODE.equals(body.code()) || NO_MFA.stream().anyMatch(text::contains)) {
            return "900421";
        }
        return WRONG_AUDIENCE.stream().anyMatch(text::contains) ? "900420" : body.code();
    }

    private static ProblemType type(int status, UpstreamResponse response, ErrorBody body) {
        return switch (status) {
            case 400 ->
                    contains(UNKNOWN_CUSTOMER_400, body.code())
                            ? ProblemType.CUSTOMER_NOT_FOUND
                            : ProblemType.INVALID_REQUEST;
            case 401 -> ProblemType.AUTHENTICATION_FAILED;
            case 403 -> ProblemType.ACCESS_DENIED;
            case 404 -> notFound(response, body);
            case 408, 500, 502, 503, 504 -> ProblemType.UPSTREAM_UNAVAILABLE;
            case 429 -> ProblemType.THROTTLED;
            default -> ProblemType.INVALID_UPSTREAM_RESPONSE;
        };
    }

    /** A 404 counts only when Partner Center itself said it: a wrong address gives one as well. */
    private static ProblemType notFound(UpstreamResponse response, ErrorBody body) {
        if (UNKNOWN_CUSTOMER_404.equals(body.code())) {
            return ProblemType.CUSTOMER_NOT_FOUND;
        }
        boolean isOfOrders =
                switch (body.kind()) {
                    case SERVICE_ERROR -> true;
                    case MESSAGE, EMPTY ->
                            response.headers().keySet().stream()
                                    .anyMatch(FailureClassifier::isOfPartnerCenter);
                    case OTHER -> false;
                };
        return isOfOrders ? ProblemType.ORDER_NOT_FOUND : ProblemType.INVALID_UPSTREAM_RESPONSE;
    }

    private static boolean isOfPartnerCenter(String header) {
        return header.toLowerCase(Locale.ROOT).startsWith("ms-");
    }

    private static boolean contains(Set<String> codes, @Nullable String code) {
        return code != null && codes.contains(code);
    }
}
