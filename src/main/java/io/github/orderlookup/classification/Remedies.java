package io.github.orderlookup.classification;

import io.github.orderlookup.lookup.ProblemType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a response means and what the operator or caller can do about it, in plain sentences. The
 * codes are those of Partner Center's documentation that can concern this call (error codes of
 * 2021-11, later ones as users reported them).
 */
final class Remedies {

    private static final String REVIEW =
            "Partner Center has not approved the customer yet: wait for its review of the"
                    + " customer.";
    private static final String AGREEMENT =
            "The Microsoft Partner Agreement is not accepted: an administrator of the partner must"
                    + " accept it in Partner Center.";
    private static final String PROGRAM =
            "The partner is not active in the program that this order belongs to: check the"
                    + " programs of the partner in Partner Center.";

    private static final Map<String, String> BAD_REQUEST =
            Map.ofEntries(
                    Map.entry("2000", "Partner Center finds one of the ids malformed."),
                    Map.entry("2001", "Partner Center misses the customer in the request."),
                    Map.entry(
                            "900127",
                            "Partner Center does not support this call in this environment."),
                    Map.entry("900141", "Partner Center does not support this call."));

    private static final Map<String, String> UNAUTHORIZED =
            Map.ofEntries(
                    Map.entry(
                            "900420",
                            "Partner Center does not accept the audience of the access token: set"
                                    + " partner-center.scope to the resource of the cloud followed"
                                    + " by /.default, or leave it unset."),
                    Map.entry(
                            "900421",
                            "The access token was obtained without multi-factor authentication: let"
                                    + " a partner user sign in again, with multi-factor"
                                    + " authentication: order-lookup sign-in."));

    private static final Map<String, String> FORBIDDEN =
            Map.ofEntries(
                    Map.entry(
                            "1002",
                            "Partner Center refused the authorization: check the roles of the"
                                    + " application and the relationship with the customer."),
                    Map.entry(
                            "2030",
                            "The partner is not set up to sell in the country of the customer:"
                                    + " complete the enrolment in Partner Center."),
                    Map.entry(
                            "2032",
                            "Partner Center denies access: check the roles of the application or"
                                    + " user in Partner Center."),
                    Map.entry(
                            "20002",
                            "The partner has no commerce relationship with the customer: ask the"
                                    + " customer for a reseller relationship, or check the"
                                    + " customer id."),
                    Map.entry(
                            "90000",
                            "The sign-in service failed Partner Center: check the consent of the"
                                    + " application in the tenant of the partner."),
                    Map.entry("800039", PROGRAM),
                    Map.entry("900149", PROGRAM),
                    Map.entry(
                            "800043",
                            "Prices may not be read with this sign-in: grant the right, or set"
                                    + " partner-center.include-price to false."),
                    Map.entry("800073", REVIEW),
                    Map.entry("800074", REVIEW),
                    Map.entry("800075", REVIEW),
                    Map.entry("900123", AGREEMENT),
                    Map.entry("900124", AGREEMENT),
                    Map.entry(
                            "900150",
                            "The role of the application or user has no right to read orders:"
                                    + " assign one that has, such as sales agent or admin agent."),
                    Map.entry(
                            "900308",
                            "The privileges do not suffice: check the delegated admin (GDAP) roles"
                                    + " for the customer."),
                    Map.entry(
                            "900309",
                            "A Conditional Access policy blocks the sign-in: an administrator must"
                                    + " change the policy or exempt the application."),
                    Map.entry(
                            "900329",
                            "Partner Center wants a user behind this call: set"
                                    + " partner-center.auth-mode to app-user."),
                    Map.entry(
                            "900416",
                            "The account of the customer is locked: it must be unlocked in Partner"
                                    + " Center first."));

    private Remedies() {}

    static String of(ProblemType type, int status, @Nullable String code) {
        return switch (type) {
            case INVALID_REQUEST ->
                    byCode(BAD_REQUEST, code, "Partner Center refused the request as not valid.");
            case AUTHENTICATION_FAILED ->
                    byCode(
                            UNAUTHORIZED,
                            code,
                            "Partner Center refused the access token: check that the application is"
                                    + " registered for this partner in Partner Center and that"
                                    + " tenant, client and cloud belong together.");
            case ACCESS_DENIED ->
                    byCode(
                            FORBIDDEN,
                            code,
                            "Partner Center denies access to this order: check the roles of the"
                                    + " application and the relationship with the customer.");
            case CUSTOMER_NOT_FOUND -> "Partner Center does not know this customer.";
            case ORDER_NOT_FOUND -> "Partner Center knows no such order of this customer.";
            case THROTTLED ->
                    "Partner Center is throttling: too many requests were made for this partner or"
                            + " customer.";
            case UPSTREAM_UNAVAILABLE -> "Partner Center answered with status " + status + ".";
            default -> unexpected(status);
        };
    }

    private static String unexpected(int status) {
        if (status >= 300 && status < 400) {
            return "Partner Center answered with a redirect (status "
                    + status
                    + "), which is never followed: check partner-center.api-url.";
        }
        return status == 404
                ? "The answer 404 did not come from the order service: check"
                        + " partner-center.api-url."
                : "Partner Center answered with the unexpected status " + status + ".";
    }

    private static String byCode(
            Map<String, String> sentences, @Nullable String code, String otherwise) {
        return code == null ? otherwise : sentences.getOrDefault(code, otherwise);
    }
}
