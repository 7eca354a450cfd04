package io.github.orderlookup.partnercenter;

import java.util.List;
import java.util.Map;
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
    private static final String CONSENT_AGAIN =
            " Let a partner user sign in and consent again, with multifactor authentication, and"
                    + " set partner-center.refresh-token to the new refresh token.";

    private static final String EXPIRED_REFRESH_TOKEN =
            "The refresh token has expired or was not used for too long." + CONSENT_AGAIN;

    private static final String MFA =
            "The user must sign in with multifactor authentication." + CONSENT_AGAIN;

    private static final String BLOCKED_BY_POLICY =
            "A Conditional Access policy of the tenant blocks the sign-in. Let the tenant's"
                    + " administrator look at the sign-in log of the application.";

    private static final String BAD_ASSERTION =
            "The login host does not accept the certificate. Upload the certificate of"
                    + " partner-center.client-certificate to the application in Entra ID, and see"
                    + " that it is within its dates.";

    private static final String BAD_SCOPE =
            "What the token was asked for is not known in the tenant. Check partner-center.scope"
                    + " (its default fits) and partner-center.cloud.";

    /** By AADSTS number. */
    private static final Map<Integer, String> REFUSALS =
            Map.ofEntries(
                    Map.entry(
                            7000215,
                            "The client secret is wrong. Set partner-center.client-secret to the"
                                    + " secret's value (not its id)."),
                    Map.entry(
                            7000222,
                            "The client secret has expired. Make a new one for the application in"
                                    + " Entra ID and set partner-center.client-secret."),
                    Map.entry(
                            7000218,
                            "The application must prove itself. Set partner-center.client-secret"
                                    + " or partner-center.client-certificate."),
                    Map.entry(
                            7000112,
                            "The application is disabled. Enable it in Entra ID, or set"
                                    + " partner-center.client-id to another one."),
                    Map.entry(700027, BAD_ASSERTION),
                    Map.entry(50027, BAD_ASSERTION),
                    Map.entry(
                            700024,
                            "The login host finds the signed statement outside its dates. Set the"
                                    + " clock of this machine right."),
                    Map.entry(
                            700016,
                            "The application is not known in the tenant. Check"
                                    + " partner-center.client-id and partner-center.tenant-id, and"
                                    + " that the application was consented to there."),
                    Map.entry(
                            90002,
                            "The tenant is not known. Check partner-center.tenant-id and"
                                    + " partner-center.cloud."),
                    Map.entry(
                            900023,
                            "The tenant is not known. Check partner-center.tenant-id and"
                                    + " partner-center.cloud."),
                    Map.entry(
                            90011,
                            "More than one application fits. Set partner-center.client-id to the"
                                    + " id of exactly one application, and check"
                                    + " partner-center.scope."),
                    Map.entry(70008, EXPIRED_REFRESH_TOKEN),
                    Map.entry(70043, EXPIRED_REFRESH_TOKEN),
                    Map.entry(700082, EXPIRED_REFRESH_TOKEN),
                    Map.entry(
                            50173,
                            "The refresh token was revoked, for example by a password change."
                                    + CONSENT_AGAIN),
                    Map.entry(
                            65001,
                            "Nobody has consented to the application for Partner Center."
                                    + CONSENT_AGAIN),
                    Map.entry(
                            9002313,
                            "The login host cannot read the request. Most likely the refresh token"
                                    + " is cut off or mistyped: check"
                                    + " partner-center.refresh-token."),
                    Map.entry(50076, MFA),
                    Map.entry(50078, MFA),
                    Map.entry(50079, MFA),
                    Map.entry(
                            50057,
                            "The user's account is disabled. Enable it, or consent as another"
                                    + " user."
                                    + CONSENT_AGAIN),
                    Map.entry(53000, BLOCKED_BY_POLICY),
                    Map.entry(53003, BLOCKED_BY_POLICY),
                    Map.entry(500011, BAD_SCOPE),
                    Map.entry(70011, BAD_SCOPE),
                    Map.entry(
                            1002012,
                            "The scope does not fit the application's own sign-in. Set"
                                    + " partner-center.scope to the resource followed by"
                                    + " /.default (its default fits)."));

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
                    "The login host refuses the refresh token." + CONSENT_AGAIN,
                    "interaction_required",
                    "The user must sign in again." + CONSENT_AGAIN,
                    "consent_required",
                    "Nobody has consented to the application for Partner Center." + CONSENT_AGAIN,
                    "invalid_scope",
                    BAD_SCOPE,
                    "invalid_resource",
                    BAD_SCOPE);

    private static final String OTHER =
            "The login host refuses to sign the application in. Check the partner-center.*"
                    + " settings.";

    private static final Set<Integer> PASSING = Set.of(90024, 90025, 90033, 90055, 50196);
    private static final Set<String> PASSING_ERRORS =
            Set.of("temporarily_unavailable", "server_error", "slow_down");

    private SignInFailure() {}

    /**
     * The failure that an answer stands for which {@linkplain LoginAnswer#isToken() is no token}.
     */
    static SignInException of(LoginAnswer answer) {
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

    private static boolean isPassing(LoginAnswer answer) {
        return PASSING_ERRORS.contains(answer.error())
                || answer.numbers().stream().anyMatch(PASSING::contains);
    }

    /** A gateway's or proxy's page in between is no refusal of the credential. */
    private static boolean isRefusal(LoginAnswer answer) {
        boolean plain = answer.status() == 400 || answer.status() == 401;
        return plain || (answer.status() / 100 == 4 && !answer.error().isEmpty());
    }

    private static String words(LoginAnswer answer) {
        return answer.numbers().stream()
                .filter(REFUSALS::containsKey)
                .findFirst()
                .map(REFUSALS::get)
                .orElseGet(() -> BY_ERROR.getOrDefault(answer.error(), OTHER));
    }

    private static String number(LoginAnswer answer) {
        List<Integer> numbers = answer.numbers();
        return numbers.stream()
                .filter(REFUSALS::containsKey)
                .findFirst()
                .or(() -> numbers.stream().findFirst())
                .map(number -> " (AADSTS" + number + ")")
                .orElse(" (HTTP " + answer.status() + ")");
    }

    private static SignInException unavailable(String words, LoginAnswer answer) {
        String number =
                answer.numbers().stream().findFirst().map(first -> ", AADSTS" + first).orElse("");
        return SignInException.unavailable(
                words + " (HTTP " + answer.status() + number + ").", answer.retryAfter());
    }
}
