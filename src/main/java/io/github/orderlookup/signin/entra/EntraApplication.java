package io.github.orderlookup.signin.entra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.aad.msal4j.AuthorizationCodeParameters;
import com.microsoft.aad.msal4j.AuthorizationRequestUrlParameters;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.Prompt;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.RefreshTokenParameters;
import com.microsoft.aad.msal4j.ResponseMode;
import io.github.orderlookup.reload.FileValue;
import io.github.orderlookup.settings.Secret;
import io.github.orderlookup.signin.AccessToken;
import io.github.orderlookup.signin.SignInException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Our application at the login host, over MSAL4J. Each sign-in is one of MSAL4J's applications with
 * an empty cache and exactly one HTTP request; caching, retrying and waiting are decided elsewhere.
 * Blocks the calling thread; thread-safe.
 */
public final class EntraApplication {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final LoginHost host;
    private final String authority;
    private final String clientId;
    private final ClientCredentials credentials;
    private final Set<String> scopes;

    /**
     * @param authority {@code https://{host}/{tenant}/}; MSAL4J accepts nothing but https, the way
     *     really taken is the {@link LoginHost}'s
     * @param credentials looked at again for each sign-in
     */
    public EntraApplication(
            LoginHost host,
            String authority,
            String clientId,
            ClientCredentials credentials,
            String scope) {
        this.host = host;
        this.authority = authority;
        this.clientId = clientId;
        this.credentials = credentials;
        this.scopes = Set.of(scope);
    }

    /**
     * What the login host gave.
     *
     * @param refreshToken the one to use next time; null when none was given
     * @param idToken says who the user is; null when none was given
     */
    public record Issued(
            AccessToken accessToken, @Nullable Secret refreshToken, @Nullable Secret idToken) {}

    /**
     * The answer to the question whether the user has signed in with a device code.
     *
     * @param issued null while that is not so
     * @param slowDown whether to ask less often from now on
     */
    public record Poll(@Nullable Issued issued, boolean slowDown) {}

    /** The file that the credential stands in; empty when it is a setting. */
    public Optional<FileValue<?>> credentialFile() {
        return credentials.file();
    }

    /** Signs the application in as itself. */
    public Issued asItself() throws SignInException {
        ClientCredentialParameters parameters =
                ClientCredentialParameters.builder(scopes).skipCache(true).build();
        return issue(application -> application.acquireToken(parameters));
    }

    /** Signs the application in for the user who once consented. */
    public Issued forUser(Secret refreshToken) throws SignInException {
        RefreshTokenParameters parameters =
                RefreshTokenParameters.builder(scopes, refreshToken.reveal()).build();
        return issue(application -> application.acquireToken(parameters));
    }

    /** Signs the application in for the user who has just signed in at the browser. */
    public Issued forCode(CodeGrant grant) throws SignInException {
        AuthorizationCodeParameters parameters =
                AuthorizationCodeParameters.builder(grant.code().reveal(), grant.redirectUri())
                        .scopes(scopes)
                        .codeVerifier(grant.verifier().reveal())
                        .build();
        return issue(application -> application.acquireToken(parameters));
    }

    /**
     * The page at which a user signs in and consents.
     *
     * @param redirectUri where the browser is sent then
     * @param challenge the S256 challenge of PKCE
     */
    public URI authorizationPage(URI redirectUri, String state, String challenge) {
        AuthorizationRequestUrlParameters parameters =
                AuthorizationRequestUrlParameters.builder(redirectUri.toString(), scopes)
                        .codeChallenge(challenge)
                        .codeChallengeMethod("S256")
                        .state(state)
                        .responseMode(ResponseMode.QUERY)
                        .prompt(Prompt.SELECT_ACCOUNT)
                        .build();
        try {
            URL page =
                    PublicClientApplication.builder(clientId)
                            .authority(authority)
                            .instanceDiscovery(false)
                            .build()
                            .getAuthorizationRequestUrl(parameters);
            return host.resolve(page.getFile());
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A code with which a user signs in at another machine. */
    public DeviceCode newDeviceCode() throws SignInException {
        String scope = String.join(" ", scopes);
        return DeviceCode.of(host.deviceCode(DeviceForm.request(clientId, scope)));
    }

    /** Signs the application in for the user of a device code, if that one has signed in. */
    public Poll poll(DeviceCode code) throws SignInException {
        LoginHost.OneRequest request = host.oneRequest(DeviceForm::ofRefresh);
        RefreshTokenParameters parameters =
                RefreshTokenParameters.builder(scopes, code.deviceCode().reveal()).build();
        try {
            return new Poll(
                    issue(request, application -> application.acquireToken(parameters)), false);
        } catch (SignInException e) {
            if (request.error().equals("authorization_pending")) {
                return new Poll(null, false);
            }
            if (request.error().equals("slow_down")) {
                return new Poll(null, true);
            }
            throw e;
        }
    }

    /** What it means that the login host sent the browser back with an error. */
    public static SignInException refusal(String error, String description) {
        return TokenErrorClassifier.ofRedirect(error, description);
    }

    /** A credential that was replaced while it was sent is sent once more, as it is now. */
    private Issued issue(
            Function<ConfidentialClientApplication, CompletableFuture<IAuthenticationResult>> way)
            throws SignInException {
        Object sent = credentials.lookAgain();
        try {
            return issue(host.oneRequest(), way);
        } catch (SignInException e) {
            if (e.refused() && !sent.equals(credentials.lookAgain())) {
                return issue(host.oneRequest(), way);
            }
            throw e;
        }
    }

    private Issued issue(
            LoginHost.OneRequest request,
            Function<ConfidentialClientApplication, CompletableFuture<IAuthenticationResult>> way)
            throws SignInException {
        ConfidentialClientApplication application = application(request);
        try {
            String accessToken = way.apply(application).join().accessToken();
            return new Issued(
                    new AccessToken(accessToken, request.lifetime()),
                    refreshToken(application),
                    request.idToken());
        } catch (CompletionException e) {
            throw ours(e);
        }
    }

    private ConfidentialClientApplication application(LoginHost.OneRequest request)
            throws SignInException {
        try {
            return ConfidentialClientApplication.builder(clientId, credentials.current())
                    .authority(authority)
                    .instanceDiscovery(false)
                    .disableInternalRetries()
                    .logPii(false)
                    .httpClient(request)
                    .executorService(new CallingThread())
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The failure of our own that MSAL4J wrapped; MSAL4J's own exceptions may quote bodies. */
    private static SignInException ours(CompletionException wrapped) {
        for (Throwable cause = wrapped; cause != null; cause = cause.getCause()) {
            if (cause instanceof SignInException ours) {
                return ours;
            }
        }
        throw wrapped;
    }

    /** MSAL4J gives refresh tokens out in its serialised cache alone. */
    private static @Nullable Secret refreshToken(ConfidentialClientApplication application) {
        try {
            JsonNode cache = MAPPER.readTree(application.tokenCache().serialize());
            for (JsonNode entry : cache.path("RefreshToken")) {
                return new Secret(entry.path("secret").asText());
            }
            return null;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("MSAL4J's cache is no JSON");
        }
    }
}
