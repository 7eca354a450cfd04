package io.github.orderlookup.cli.check.signin;

import io.github.orderlookup.cli.check.finding.Findings;
import io.github.orderlookup.network.WayOut;
import io.github.orderlookup.settings.AuthMode;
import io.github.orderlookup.settings.PartnerCenterSettings;
import io.github.orderlookup.signin.AccessTokens;
import io.github.orderlookup.signin.SignInException;
import io.github.orderlookup.signin.TokenClaims;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Signs in as the service does and reports the claims of the token. They are meant for the API:
 * nothing relies on them, and the token itself is never shown.
 */
public final class TokenCheck {
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7e]");

    /** The application id of Partner Center's API, which stands for its URL in some tokens. */
    private static final String API_APPLICATION = "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd";

    private static final String RETIRED = "https://graph.windows.net";

    private final Findings findings;
    private final PartnerCenterSettings settings;
    private final WayOut wayOut;
    private final Clock clock;

    /**
     * @param wayOut leads to the login host
     */
    public TokenCheck(
            Findings findings, PartnerCenterSettings settings, WayOut wayOut, Clock clock) {
        this.findings = findings;
        this.settings = settings;
        this.wayOut = wayOut;
        this.clock = clock;
    }

    /** The token; empty when there is none to be had. */
    public Optional<String> run() {
        String token;
        try {
            token = AccessTokens.of(settings, wayOut).current();
        } catch (SignInException e) {
            findings.fault(
                    "token",
                    e.detail(),
                    e.refused()
                            ? "See the words before: the credential is refused."
                            : "Try again; if it stays, check partner-center.login-url.");
            return Optional.empty();
        }
        Optional<TokenClaims> claims = TokenClaims.of(token);
        if (claims.isEmpty()) {
            findings.note(
                    "token", "issued; its claims cannot be read", "Nothing, if lookups work.");
        } else {
            findings.ok("token", "issued, " + mode() + ", " + lifetime(claims.get()));
            audience(claims.get());
            tenant(claims.get());
            rights(claims.get());
            mfa(claims.get());
        }
        return Optional.of(token);
    }

    private String mode() {
        return isUser() ? "app-user" : "app-only";
    }

    private boolean isUser() {
        return settings.authMode() == AuthMode.APP_USER;
    }

    private String lifetime(TokenClaims claims) {
        return claims.expiry()
                .map(
                        end ->
                                "expires at "
                                        + end
                                        + " (in "
                                        + Duration.between(clock.instant(), end).toMinutes()
                                        + " minutes)")
                .orElse("without an expiry");
    }

    private void audience(TokenClaims claims) {
        String part = "token audience";
        String audience = text(claims, "aud");
        String bare =
                audience.endsWith("/") ? audience.substring(0, audience.length() - 1) : audience;
        String expected = settings.cloud().resource();
        if (bare.equalsIgnoreCase(expected) || bare.equals(API_APPLICATION)) {
            findings.ok(part, audience);
        } else if (bare.equals(RETIRED)) {
            findings.fault(
                    part,
                    audience + " is retired: the API answers 401 to it",
                    "Remove partner-center.scope, or set it to " + expected + "/.default");
        } else {
            findings.fault(
                    part,
                    (audience.isEmpty() ? "none" : audience) + "; expected is " + expected,
                    "Remove partner-center.scope, and check partner-center.cloud.");
        }
    }

    private void tenant(TokenClaims claims) {
        String tenant = text(claims, "tid");
        if (settings.isOtherTenant(tenant)) {
            findings.fault(
                    "token tenant",
                    tenant + " is not partner-center.tenant-id",
                    "Check partner-center.tenant-id.");
        } else {
            findings.ok("token tenant", tenant.isEmpty() ? "not told" : tenant);
        }
    }

    private void rights(TokenClaims claims) {
        if (!isUser()) {
            List<String> roles = plain(claims.texts("roles"));
            findings.ok("token roles", roles.isEmpty() ? "none needed, none there" : list(roles));
            return;
        }
        String scopes = text(claims, "scp");
        if (List.of(scopes.split(" ")).contains("user_impersonation")) {
            findings.ok("token scopes", scopes);
        } else {
            findings.fault(
                    "token scopes",
                    (scopes.isEmpty() ? "none" : scopes) + "; user_impersonation is needed",
                    "Grant the application the delegated permission \"Microsoft Partner Center\""
                            + " and let a partner user sign in again: java -jar"
                            + " order-lookup.jar sign-in");
        }
    }

    private void mfa(TokenClaims claims) {
        if (!isUser()) {
            return;
        }
        String methods = list(plain(claims.methods()));
        switch (claims.mfa()) {
            case USED -> findings.ok("token MFA", "amr: " + methods);
            case NOT_USED ->
                    findings.fault(
                            "token MFA",
                            "The user did not sign in with a second factor (amr: " + methods + ").",
                            "Let a partner user sign in again, with multi-factor authentication:"
                                    + " java -jar order-lookup.jar sign-in");
            case UNKNOWN ->
                    findings.note(
                            "token MFA",
                            "cannot be told: the token does not say how the user signed in",
                            "Nothing, if lookups work.");
        }
    }

    private static String list(List<String> texts) {
        return texts.isEmpty() ? "none" : String.join(", ", texts);
    }

    private static List<String> plain(List<String> texts) {
        return texts.stream().map(TokenCheck::plain).toList();
    }

    private static String text(TokenClaims claims, String name) {
        return plain(claims.text(name));
    }

    private static String plain(String text) {
        return UNPRINTABLE.matcher(text).replaceAll("?");
    }
}
