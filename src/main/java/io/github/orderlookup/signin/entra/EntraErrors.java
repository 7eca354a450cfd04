package io.github.orderlookup.signin.entra;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the AADSTS numbers of Microsoft Entra mean for an operator of this service: try again, or a
 * remedy in plain words. Of the several hundred numbers, those that a token request without a user
 * at the keyboard can meet. Pure.
 *
 * @see <a
 *     href="https://learn.microsoft.com/entra/identity-platform/reference-error-codes">Microsoft
 *     Entra error codes</a> (2025)
 */
final class EntraErrors {

    static final String CONSENT_AGAIN =
            " Let a partner user sign in and consent again, with multifactor authentication, and"
                    + " set partner-center.refresh-token to the new refresh token.";

    static final String BAD_SCOPE =
            "What the token was asked for is not known in the tenant. Check partner-center.scope"
                    + " (its default fits) and partner-center.cloud.";

    /**
     * Those that the reference calls transient, retryable, throttled or timed out, whatever the
     * HTTP status they come with.
     */
    private static final Set<Integer> TRANSIENT =
            Set.of(
                    50033, 50087, 50166, 50196, 70012, 80001, 80002, 80005, 80007, 90006, 90012,
                    90024, 90025, 90033, 90055, 90090, 90091);

    /** Those that mean too many requests: asking again at once keeps it so. */
    private static final Set<Integer> TOO_MANY = Set.of(50196, 90055);

    private static final Map<Integer, String> REMEDIES = remedies();

    private EntraErrors() {}

    /** Whether the same request may succeed by itself later. */
    static boolean isTransient(int number) {
        return TRANSIENT.contains(number);
    }

    /** Whether too many requests were made. */
    static boolean isTooMany(int number) {
        return TOO_MANY.contains(number);
    }

    /** What is wrong and what to do; empty for a number that is not known. */
    static Optional<String> remedy(int number) {
        return Optional.ofNullable(REMEDIES.get(number));
    }

    private static Map<Integer, String> remedies() {
        Map<Integer, String> remedies = new HashMap<>();
        credentials(remedies);
        application(remedies);
        tenant(remedies);
        refreshToken(remedies);
        user(remedies);
        policies(remedies);
        request(remedies);
        return Map.copyOf(remedies);
    }

    private static void put(Map<Integer, String> remedies, String words, int... numbers) {
        for (int number : numbers) {
            remedies.put(number, words);
        }
    }

    private static void credentials(Map<Integer, String> remedies) {
        put(
                remedies,
                "The client secret is wrong. Set partner-center.client-secret to the secret's value"
                        + " (not its id).",
                7000215,
                70002);
        put(
                remedies,
                "The client secret has expired. Make a new one for the application in Entra ID and"
                        + " set partner-center.client-secret.",
                7000222);
        put(
                remedies,
                "The application must prove itself. Set partner-center.client-secret or"
                        + " partner-center.client-certificate.",
                7000218,
                7000216);
        put(
                remedies,
                "The login host does not accept the certificate. Upload the certificate of"
                        + " partner-center.client-certificate to the application in Entra ID, and"
                        + " see that it is within its dates.",
                700027,
                700030,
                50012,
                50013,
                50017,
                50027);
        put(
                remedies,
                "The certificate belongs to another application. Check partner-center.client-id"
                        + " and partner-center.client-certificate.",
                700021,
                50048);
        put(
                remedies,
                "The login host finds the signed statement outside its dates. Set the clock of this"
                        + " machine right.",
                700024);
        put(
                remedies,
                "The key of the certificate is too weak. Make one with an RSA key of 2048 bits or"
                        + " more.",
                50032);
    }

    private static void application(Map<Integer, String> remedies) {
        put(
                remedies,
                "The application is not known in the tenant. Check partner-center.client-id and"
                        + " partner-center.tenant-id, and that the application was consented to"
                        + " there.",
                700016);
        put(
                remedies,
                "The application is disabled. Enable it in Entra ID, or set"
                        + " partner-center.client-id to another one.",
                7000112,
                70001);
        put(
                remedies,
                "More than one application fits. Set partner-center.client-id to the id of exactly"
                        + " one application, and check partner-center.scope.",
                90011);
        put(
                remedies,
                "Nobody has consented to the application for Partner Center." + CONSENT_AGAIN,
                65001,
                65004,
                90008,
                650056);
        put(
                remedies,
                "An administrator of the tenant must consent to the application: grant admin"
                        + " consent for its permissions in Entra ID.",
                90094,
                90093);
        put(
                remedies,
                "The application has no permission for Partner Center. Add the API permission"
                        + " \"Microsoft Partner Center\" to it in Entra ID and consent again.",
                650057,
                65005);
        put(
                remedies,
                "Partner Center is not enabled in the tenant. Let an administrator add or enable"
                        + " the enterprise application \"Microsoft Partner Center\" in Entra ID.",
                500014,
                650052);
        put(
                remedies,
                "The application needs a signing key of its own, or that has expired. Check the"
                        + " application in Entra ID.",
                50146);
        put(
                remedies,
                "The application may not sign in this way. Check partner-center.auth-mode, and"
                        + " that partner-center.client-id names a confidential application of the"
                        + " platform Web.",
                70003,
                700025,
                9002346,
                9002332);
    }

    private static void tenant(Map<Integer, String> remedies) {
        put(
                remedies,
                "The tenant is not known. Check partner-center.tenant-id and partner-center.cloud.",
                90002,
                900023,
                90019,
                50059,
                50128,
                50049);
        put(
                remedies,
                "The tenant, or the application, belongs to another national cloud. Set"
                        + " partner-center.cloud to the cloud of the tenant.",
                90038,
                90043,
                90051,
                900382,
                900383,
                900384);
        put(
                remedies,
                "The user belongs to another tenant. Set partner-center.tenant-id to the tenant of"
                        + " the user who consented, or consent as a user of this one.",
                50020,
                90072,
                700005);
    }

    private static void refreshToken(Map<Integer, String> remedies) {
        put(
                remedies,
                "The refresh token has expired or was not used for too long." + CONSENT_AGAIN,
                70008,
                700082,
                50089);
        put(
                remedies,
                "A sign-in frequency policy of the tenant has ended the refresh token."
                        + CONSENT_AGAIN
                        + " Exempt the service's user from the policy, or it ends again.",
                70043);
        put(
                remedies,
                "The refresh token was issued to a single-page application and ends after 24 hours"
                        + " for good. Register the redirect URI under the platform Web instead."
                        + CONSENT_AGAIN,
                700084);
        put(
                remedies,
                "The refresh token was issued to another application. Set partner-center.client-id"
                        + " to the application that was consented to, or consent to this one and"
                        + " set partner-center.refresh-token.",
                700007);
        put(
                remedies,
                "The refresh token was revoked, for example by a password change." + CONSENT_AGAIN,
                50173,
                50132,
                50133);
        put(
                remedies,
                "The refresh token is not valid. Check that partner-center.refresh-token is whole"
                        + " and of this application and cloud, else renew it."
                        + CONSENT_AGAIN,
                70000,
                700003);
    }

    private static void user(Map<Integer, String> remedies) {
        put(
                remedies,
                "The user's account is disabled. Enable it, or consent as another user."
                        + CONSENT_AGAIN,
                50057);
        put(
                remedies,
                "The user's account was deleted. Consent as another user." + CONSENT_AGAIN,
                500341,
                50034,
                51004);
        put(
                remedies,
                "The user's account is locked. Wait until it is open again, or let an administrator"
                        + " unlock it.",
                50053);
        put(
                remedies,
                "The user's password has expired or must be changed. Let the user change it."
                        + CONSENT_AGAIN,
                50055,
                50144,
                50135,
                50125);
        put(
                remedies,
                "The user is not assigned to the application. Assign the user to it in Entra ID.",
                50105);
        put(
                remedies,
                "The user must sign in with multifactor authentication." + CONSENT_AGAIN,
                50072,
                50074,
                50076,
                50078,
                50079,
                50158,
                53004,
                500121);
        put(remedies, "The user must sign in again." + CONSENT_AGAIN, 50058, 50085, 700020, 50199);
    }

    private static void policies(Map<Integer, String> remedies) {
        put(
                remedies,
                "A Conditional Access policy of the tenant blocks the sign-in. Let the tenant's"
                        + " administrator look at the sign-in log of the application.",
                53000,
                53001,
                53002,
                53003,
                530032,
                530034,
                530035,
                50005,
                50097,
                50129,
                50131,
                50155,
                50187);
    }

    private static void request(Map<Integer, String> remedies) {
        put(
                remedies,
                "The login host cannot read the request. Most likely the refresh token is cut off"
                        + " or mistyped: check partner-center.refresh-token.",
                9002313);
        put(remedies, BAD_SCOPE, 500011, 70011, 700022, 700023, 28002, 28003);
        put(
                remedies,
                "The scope does not fit the application's own sign-in. Set partner-center.scope to"
                        + " the resource followed by /.default (its default fits).",
                1002012,
                901002);
        put(
                remedies,
                "Something failed at the login host for good. Ask Microsoft's support, with this"
                        + " number.",
                50086,
                90036,
                90092);
    }
}
