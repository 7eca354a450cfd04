package io.github.orderlookup.signin.entra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.RefreshTokenParameters;
import io.github.orderlookup.settings.Credential;
import io.github.orderlookup.settings.Secret;
import io.github.orderlookup.signin.AccessToken;
import io.github.orderlookup.signin.SignInException;
import java.net.MalformedURLException;
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
    private final Credential credential;
    private final Set<String> scopes;

    /**
     * @param authority {@code https://{host}/{tenant}/}; MSAL4J accepts nothing but https, the way
     *     really taken is the {@link LoginHost}'s
     */
    public EntraApplication(
            LoginHost host,
            String authority,
            String clientId,
            Credential credential,
            String scope) {
        this.host = host;
        this.authority = authority;
        this.clientId = clientId;
        this.credential = credential;
        this.scopes = Set.of(scope);
    }

    /**
     * What the login host gave.
     *
     * @param refreshToken the one to use next time; null when none was given
     */
    public record Issued(AccessToken accessToken, @Nullable Secret refreshToken) {}

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

    private Issued issue(
            Function<ConfidentialClientApplication, CompletableFuture<IAuthenticationResult>> way)
            throws SignInException {
        LoginHost.OneRequest request = host.oneRequest();
        ConfidentialClientApplication application = application(request);
        try {
            String accessToken = way.apply(application).join().accessToken();
            return new Issued(
                    new AccessToken(accessToken, request.lifetime()), refreshToken(application));
        } catch (CompletionException e) {
            throw ours(e);
        }
    }

    private ConfidentialClientApplication application(LoginHost.OneRequest request)
            throws SignInException {
        try {
            return ConfidentialClientApplication.builder(
                            clientId, ClientCredentials.read(credential))
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
