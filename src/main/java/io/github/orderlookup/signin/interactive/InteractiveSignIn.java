package io.github.orderlookup.signin.interactive;

import static java.util.Objects.requireNonNull;

import io.github.orderlookup.settings.Cloud;
import io.github.orderlookup.settings.PartnerCenterSettings;
import io.github.orderlookup.settings.Secret;
import io.github.orderlookup.signin.Mfa;
import io.github.orderlookup.signin.SignInAssembly;
import io.github.orderlookup.signin.SignInException;
import io.github.orderlookup.signin.TokenClaims;
import io.github.orderlookup.signin.entra.CodeGrant;
import io.github.orderlookup.signin.entra.DeviceCode;
import io.github.orderlookup.signin.entra.EntraApplication;
import io.github.orderlookup.signin.entra.EntraApplication.Issued;
import io.github.orderlookup.signin.entra.EntraApplication.Poll;
import io.github.orderlookup.signin.store.TokenStore;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Signs a partner user in and stores the refresh token, if it is one with which the service can
 * work: of the configured tenant, with multifactor authentication, and renewable with the
 * application's credential. Else what is stored stays as it is. Blocks the calling thread.
 */
public final class InteractiveSignIn {
    private final PartnerCenterSettings settings;
    private final EntraApplication application;
    private final TokenStore store;
    private final InstantSource clock;

    /**
     * @param settings of {@code app-user}
     * @param clock the wall clock
     */
    public InteractiveSignIn(PartnerCenterSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.application = SignInAssembly.application(settings, clock);
        this.store = SignInAssembly.store(settings, clock);
    }

    /** See {@link EntraApplication#authorizationPage}. */
    public URI page(URI redirectUri, String state, String challenge) {
        return application.authorizationPage(redirectUri, state, challenge);
    }

    /** A code with which a user signs in at another machine. */
    public DeviceCode newDeviceCode() throws SignInException {
        return application.newDeviceCode();
    }

    /** Whether the user of a device code has signed in. */
    public Poll poll(DeviceCode code) throws SignInException {
        return application.poll(code);
    }

    /** Redeems the code of a redirect. */
    public Issued redeem(CodeGrant grant) throws SignInException {
        return application.forCode(grant);
    }

    /** What it means that the login host sent the browser back with an error. */
    public SignInException refusal(String error, String description) {
        return EntraApplication.refusal(error, description);
    }

    /**
     * Stores the refresh token. Until then other processes that share the store go on with the old
     * one.
     *
     * @throws SignInException if the service could not work with it, or it cannot be stored
     */
    public SignedIn keep(Issued issued) throws SignInException {
        Secret first = issued.refreshToken();
        if (first == null) {
            throw SignInException.refused(
                    "The login host gave no refresh token: the application may not be used offline."
                            + " Consent to \"Maintain access to data\" (offline_access).");
        }
        requireTenant(tenant(issued));
        requireMfa(accessClaims(issued).map(TokenClaims::mfa).orElse(Mfa.UNKNOWN));
        try (TokenStore.Lock lock = store.lock()) {
            Optional<String> untried = Optional.empty();
            Secret newest = first;
            try {
                Secret renewed = application.forUser(first).refreshToken();
                newest = renewed == null ? first : renewed;
            } catch (SignInException e) {
                if (e.refused()) {
                    throw e;
                }
                untried = Optional.of(e.detail());
            }
            lock.writeSignIn(newest);
            return signedIn(issued, untried);
        }
    }

    /** A domain name as tenant cannot be compared, but then only its own tenant issues tokens. */
    private void requireTenant(String tenant) throws SignInException {
        if (settings.isOtherTenant(tenant)) {
            throw SignInException.refused(
                    "The user signed in to another tenant than that of partner-center.tenant-id."
                            + " Sign in as a user of the partner's own tenant, or correct the"
                            + " setting.");
        }
    }

    /** The national clouds do not ask for it yet. */
    private void requireMfa(Mfa mfa) throws SignInException {
        if (mfa == Mfa.NOT_USED && settings.cloud() == Cloud.GLOBAL) {
            throw SignInException.refused(
                    "The user signed in without multifactor authentication, and Partner Center"
                            + " refuses every call with such a token. Let the tenant's"
                            + " administrator require it for this user (security defaults or"
                            + " Conditional Access), then sign in again.");
        }
    }

    private SignedIn signedIn(Issued issued, Optional<String> untried) {
        Optional<TokenClaims> access = accessClaims(issued);
        return new SignedIn(
                claim(issued, "name"),
                Stream.of("preferred_username", "upn", "unique_name", "email")
                        .map(name -> claim(issued, name))
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .orElse(""),
                tenant(issued),
                access.map(TokenClaims::mfa).orElse(Mfa.UNKNOWN),
                access.map(TokenClaims::methods).orElseGet(List::of),
                requireNonNull(settings.tokenStore()).toAbsolutePath(),
                store.expiry().orElseGet(clock::instant),
                untried);
    }

    private static String tenant(Issued issued) {
        return claim(issued, "tid");
    }

    /** A claim of the id token, else of the access token. */
    private static String claim(Issued issued, String name) {
        return Stream.concat(idClaims(issued).stream(), accessClaims(issued).stream())
                .map(claims -> claims.text(name))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static Optional<TokenClaims> idClaims(Issued issued) {
        return Optional.ofNullable(issued.idToken())
                .flatMap(token -> TokenClaims.of(token.reveal()));
    }

    private static Optional<TokenClaims> accessClaims(Issued issued) {
        return TokenClaims.of(issued.accessToken().value());
    }
}
