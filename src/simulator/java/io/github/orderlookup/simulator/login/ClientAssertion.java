package io.github.orderlookup.simulator.login;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;

/**
 * The JWT with which an application proves that it holds the key of a certificate, or that another
 * issuer vouches for it.
 */
final class ClientAssertion {

    static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final JsonObject header;
    private final JsonObject claims;
    private final byte[] signed;
    private final byte[] signature;

    /**
     * @throws LoginRefusal when the text is no JWT
     */
    ClientAssertion(String jwt) {
        String[] parts = jwt.split("\\.", -1);
        try {
            if (parts.length != 3) {
                throw new LoginRefusal(50027);
            }
            header = new JsonObject(new String(decoded(parts[0]), StandardCharsets.UTF_8));
            claims = new JsonObject(new String(decoded(parts[1]), StandardCharsets.UTF_8));
            signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
            signature = decoded(parts[2]);
        } catch (IllegalArgumentException | DecodeException e) {
            throw new LoginRefusal(50027);
        }
    }

    /**
     * @throws LoginRefusal when the assertion proves nothing
     */
    void check(
            String clientId,
            String tokenEndpoint,
            Collection<X509Certificate> registered,
            Instant now) {
        checkSignature(registered);
        LoginRefusal.unless(clientId.equals(claims.getString("iss")), 700021);
        LoginRefusal.unless(clientId.equals(claims.getString("sub")), 700021);
        // MSAL4J names https, also where its request is carried over plain HTTP.
        String https = tokenEndpoint.replaceFirst("^http:", "https:");
        LoginRefusal.unless(https.equalsIgnoreCase(claims.getString("aud")), 700023);
        LoginRefusal.unless(claims.getLong("exp", 0L) > now.getEpochSecond(), 700024);
        LoginRefusal.unless(claims.getLong("nbf", 0L) <= now.getEpochSecond() + 300, 700024);
    }

    /** Whether the application has made it itself. */
    boolean isOf(String clientId) {
        return clientId.equals(claims.getString("iss"));
    }

    /**
     * @throws LoginRefusal when no issuer of these vouches for the application
     */
    void checkFederated(Collection<FederatedIssuer> trusted, Instant now) {
        FederatedIssuer issuer =
                trusted.stream()
                        .filter(each -> each.name().equals(claims.getString("iss")))
                        .findFirst()
                        .orElseThrow(() -> new LoginRefusal(700211));
        LoginRefusal.unless(issuer.subject().equals(claims.getString("sub")), 700213);
        LoginRefusal.unless(FederatedIssuer.AUDIENCE.equals(claims.getString("aud")), 700212);
        try {
            LoginRefusal.unless(verifies(issuer.publicKey()), 7000272);
        } catch (GeneralSecurityException e) {
            throw new LoginRefusal(7000272);
        }
        LoginRefusal.unless(claims.getLong("exp", 0L) > now.getEpochSecond(), 700024);
    }

    private void checkSignature(Collection<X509Certificate> registered) {
        try {
            boolean verified = false;
            for (X509Certificate certificate : registered) {
                verified |= named(certificate) && verifies(certificate.getPublicKey());
            }
            LoginRefusal.unless(verified, 700027);
        } catch (GeneralSecurityException e) {
            throw new LoginRefusal(700027);
        }
    }

    /** Whether a thumbprint in the header is this certificate's. */
    private boolean named(X509Certificate certificate) throws GeneralSecurityException {
        byte[] encoded = certificate.getEncoded();
        return thumbprint("SHA-256", encoded).equals(inHeader("x5t#S256"))
                || thumbprint("SHA-1", encoded).equals(inHeader("x5t"));
    }

    /** MSAL4J writes plain Base64 with padding where the standard wants the URL form; both pass. */
    private String inHeader(String name) {
        return header.getString(name, "").replace('+', '-').replace('/', '_').replace("=", "");
    }

    private boolean verifies(PublicKey key) throws GeneralSecurityException {
        Signature verifier = verifier(header.getString("alg", ""));
        verifier.initVerify(key);
        verifier.update(signed);
        return verifier.verify(signature);
    }

    private static Signature verifier(String algorithm) throws GeneralSecurityException {
        if (algorithm.equals("RS256")) {
            return Signature.getInstance("SHA256withRSA");
        }
        LoginRefusal.unless(algorithm.equals("PS256"), 700027);
        Signature verifier = Signature.getInstance("RSASSA-PSS");
        verifier.setParameter(
                new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        return verifier;
    }

    private static String thumbprint(String digest, byte[] encoded)
            throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance(digest).digest(encoded);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }

    private static byte[] decoded(String part) {
        return Base64.getUrlDecoder().decode(part);
    }
}
