package io.github.orderlookup.signin;

import io.github.orderlookup.reload.FileValue;
import io.github.orderlookup.settings.Secret;
import io.github.orderlookup.signin.entra.EntraApplication;
import io.github.orderlookup.signin.store.StoredCredential;
import io.github.orderlookup.signin.store.TokenStore;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signs in with a refresh token that each sign-in replaces. The replacement is on disk before the
 * access token is handed out; while it is being replaced, other processes that share the store
 * wait.
 */
final class UserSignIn implements SignIn {
    private final EntraApplication application;
    private final TokenStore store;

    /** Issued but not stored, since the store failed; the stored one may be invalid already. */
    private @Nullable Secret unsaved;

    /** What was stored when {@link #unsaved} was issued. */
    private StoredCredential outdated = StoredCredential.NONE;

    UserSignIn(EntraApplication application, TokenStore store) {
        this.application = application;
        this.store = store;
    }

    @Override
    public AccessToken newToken() throws SignInException {
        try (TokenStore.Lock lock = store.lock()) {
            if (!outdated.equals(store.state())) {
                unsaved = null;
            }
            Secret used = unsaved != null ? unsaved : lock.newest();
            EntraApplication.Issued issued = ask(used);
            Secret next = issued.refreshToken();
            if (next != null && !next.equals(used)) {
                unsaved = next;
                outdated = store.state();
            }
            if (unsaved != null) {
                lock.write(unsaved);
                unsaved = null;
            }
            return issued.accessToken().ofUser();
        }
    }

    @Override
    public StoredCredential storedCredential() {
        return store.state();
    }

    @Override
    public Optional<FileValue<?>> credentialFile() {
        return application.credentialFile();
    }

    @Override
    public Optional<Instant> credentialExpiry() {
        return store.expiry();
    }

    private EntraApplication.Issued ask(Secret refreshToken) throws SignInException {
        try {
            return application.forUser(refreshToken);
        } catch (SignInException e) {
            if (e.refused()) {
                unsaved = null;
            }
            throw e;
        }
    }
}
