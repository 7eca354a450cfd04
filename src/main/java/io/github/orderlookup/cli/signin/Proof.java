package io.github.orderlookup.cli.signin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.orderlookup.settings.Secret;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What proves that a code was asked for by this command: {@code state}, which comes back with the
 * redirect, and the verifier of PKCE (RFC 7636), which goes with the token request. Good for one
 * sign-in.
 */
record Proof(Secret state, Secret verifier) {
    private static final int BYTES = 32;

    static Proof random(SecureRandom random) {
        return new Proof(text(random), text(random));
    }

    private static Secret text(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new Secret(base64(bytes));
    }

    /** The S256 challenge. */
    String challenge() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return base64(digest.digest(verifier.reveal().getBytes(US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
