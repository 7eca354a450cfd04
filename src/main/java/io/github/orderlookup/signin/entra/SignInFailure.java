package io.github.orderlookup.signin.entra;

import io.github.orderlookup.signin.SignInException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns an error answer of the token endpoint into plain words: what is wrong and which setting or
 * step mends it. Pure. Of the answer's own text only the AADSTS number is passed on.
 *
 * @see <a
 *     href="https://learn.microsoft.com/entra/identity-platform/reference-error-codes">Microsoft
 *     Entra error codes</a>
 */
final class SignInFailure {
    /** When no AADSTS number is known. */
    private static final Map<String, String> BY_ERROR =
            Map.of(
                    "invalid_client",
                    "The login host refuses the application's credential. Check"
                            + " partner-center.client-id and partner-center.client-secret or"
                            + " partner-center.client-certificate.",
                    "unauthorized_client",
                    "The application may not sign in this way. Check partner-center.client-id,"
                            + " partner-center.tenant-id and partner-center.auth-mode.",
                    "invalid_grant",
                    "The login host refuses the refresh token." + EntraErrors.CONSENT_AGAIN,
                    "interaction_required",
                    "The user must sign in again." + EntraErrors.CONSENT_AGAIN,
                    "consent_required",
                    "Nobody has consented to the application for Partner Center."
                            + EntraErrors.CONSENT_AGAIN,
                    "invalid_scope",
                    EntraErrors.BAD_SCOPE,
                    "invalid_resource",
                    EntraErrors.BAD_SCOPE);

    private static final String OTHER =
            "The login host refuses to sign the application in. Check the partner-center.*"
                    + " settings.";

    /** How long a login host is left alone that says nothing else of too many requests. */
    private static final Duration TOO_MANY_WAIT = Duration.ofMinutes(1);

    private static final Set<String> PASSING_ERRORS =
            Set.of("temporarily_unavailable", "server_error", "slow_down");

    private SignInFailure() {}

    /**
     * The failure that an answer stands for which {@linkplain TokenResponse#isToken() is no token}.
     */
    static SignInException of(TokenResponse answer) {
        if (answer.status() == 429) {
            return unavailable("The login host is throttling", answer);
        }
        if (answer.status() == 408 || answer.status() >= 500 || isPassing(answer)) {
            return unavailable("The login host is not available at the moment", answer);
        }
        if (isRefusal(answer)) {
            return SignInException.refused(words(answer) + number(answer));
        }
        return answer.status() == 200
                ? unavailable("The login host answered without a usable token", answer)
                : unavailable(
                        "The login host did not answer like one; check partner-center.login-url",
                        answer);
    }

    private static boolean isPassing(TokenResponse answer) {
        return PASSING_ERRORS.contains(answer.error())
                || answer.numbers().stream().anyMatch(EntraErrors::isTransient);
    }

    /** A gateway's or proxy's page in between is no refusal of the credential. */
    private static boolean isRefusal(TokenResponse answer) {
        boolean plain = answer.status() == 400 || answer.status() == 401;
        return plain || (answer.status() / 100 == 4 && !answer.error().isEmpty());
    }

    private static String words(TokenResponse answer) {
        return answer.numbers().stream()
                .flatMap(number -> EntraErrors.remedy(number).stream())
                .findFirst()
                .orElseGet(() -> BY_ERROR.getOrDefault(answer.error(), OTHER));
    }

    private static String number(TokenResponse answer) {
        List<Integer> numbers = answer.numbers();
        return numbers.stream()
                .filter(number -> EntraErrors.remedy(number).isPresent())
                .findFirst()
                .or(() -> numbers.stream().findFirst())
                .map(number -> " (AADSTS" + number + ")")
                .orElse(" (HTTP " + answer.status() + ")");
    }

    private static SignInException unavailable(String words, TokenResponse answer) {
        String number =
                answer.numbers().stream().findFirst().map(first -> ", AADSTS" + first).orElse("");
        boolean tooMany = answer.numbers().stream().anyMatch(EntraErrors::isTooMany);
        return SignInException.unavailable(
                words + " (HTTP " + answer.status() + number + ").",
                answer.retryAfter()
                        .or(() -> tooMany ? Optional.of(TOO_MANY_WAIT) : Optional.empty()));
    }
}
