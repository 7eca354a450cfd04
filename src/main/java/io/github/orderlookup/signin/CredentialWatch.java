package io.github.orderlookup.signin;

import io.github.orderlookup.signin.store.StoredCredential;
import org.jspecify.annotations.Nullable;

/**
 * Which stored credential the last token request used, and whether another one is stored since. Not
 * thread-safe: guarded by the lock of {@link TokenHolder}.
 */
final class CredentialWatch {

    /** As it was before the last token request; null before the first. */
    private @Nullable StoredCredential used;

    void use(StoredCredential credential) {
        used = credential;
    }

    /**
     * Whether another credential is to be tried at once; only once for each. That is after a new
     * sign-in, and after any change of a refused credential: renewals of other instances change the
     * file too, and are no reason to renew a token.
     *
     * @param refused whether the last token request was refused
     */
    boolean isReplaced(StoredCredential now, boolean refused) {
        if (used == null || !isReplacement(used, now, refused)) {
            return false;
        }
        used = now;
        return true;
    }

    private static boolean isReplacement(
            StoredCredential before, StoredCredential now, boolean refused) {
        return refused
                ? !now.equals(before)
                : !now.signIn().isEmpty() && !now.signIn().equals(before.signIn());
    }
}
