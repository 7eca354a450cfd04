package io.github.orderlookup.signin.entra;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.orderlookup.signin.SignInException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Classifies an error response of the token endpoint: refused, with the remedy for the operator, or
 * unavailable. Pure. Of the response's own text only the AADSTS number is passed on.
 */
final class TokenErrorClassifier {
    /** How long to wait after "too many requests" without a Retry-After. */
    private static final Duration TOO_MANY_WAIT = Duration.ofMinutes(1);

    private static final Set<String> TRANSIENT_ERRORS =
            Set.of("temporarily_unavailable", "server_error", "slow_down");

    private TokenErrorClassifier() {}

    /** The failure for a response that {@linkplain TokenResponse#isToken() is no token}. */
    static SignInException classify(TokenResponse response) {
        if (response.status() == 429) {
            return unavailable("The login host is throttling", response);
        }
        if (response.status() == 408 || response.status() >= 500 || isTransient(response)) {
            return unavailable("The login host is not available at the moment", response);
        }
        if (isRefusal(response)) {
            return SignInException.refused(remedy(response) + number(response));
        }
        return response.status() == 200
                ? unavailable("The login host answered without a usable token", response)
                : unavailable(
                        "The login host did not answer like one; check partner-center.login-url",
                        response);
    }

    /** The failure for an error with which the login host sent a browser back. */
    static SignInException ofRedirect(String error, String description) {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("error", error)
                        .put("error_description", description);
        TokenResponse response = new TokenResponse(400, json, Optional.empty());
        return isTransient(response)
                ? unavailable("The login host is not available at the moment", response)
                : SignInException.refused(remedy(response) + number(response));
    }

    private static boolean isTransient(TokenResponse response) {
        return TRANSIENT_ERRORS.contains(response.error())
                || response.numbers().stream().anyMatch(EntraErrorCatalogue::isTransient);
    }

    /** An error page of a gateway or proxy does not refuse the credential. */
    private static boolean isRefusal(TokenResponse response) {
        boolean plain = response.status() == 400 || response.status() == 401;
        return plain || (response.status() / 100 == 4 && !response.error().isEmpty());
    }

    private static String remedy(TokenResponse response) {
        return response.numbers().stream()
                .flatMap(number -> EntraErrorCatalogue.remedy(number).stream())
                .findFirst()
                .orElseGet(() -> EntraErrorCatalogue.remedy(response.error()));
    }

    private static String number(TokenResponse response) {
        List<Integer> numbers = response.numbers();
        return numbers.stream()
                .filter(number -> EntraErrorCatalogue.remedy(number).isPresent())
                .findFirst()
                .or(() -> numbers.stream().findFirst())
                .map(number -> " (AADSTS" + number + ")")
                .orElse(" (HTTP " + response.status() + ")");
    }

    private static SignInException unavailable(String words, TokenResponse response) {
        String number =
                response.numbers().stream().findFirst().map(first -> ", AADSTS" + first).orElse("");
        boolean tooMany = response.numbers().stream().anyMatch(EntraErrorCatalogue::isTooMany);
        return SignInException.unavailable(
                words + " (HTTP " + response.status() + number + ").",
                response.retryAfter()
                        .or(() -> tooMany ? Optional.of(TOO_MANY_WAIT) : Optional.empty()));
    }
}
