package io.github.orderlookup.simulator.login;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** An issuer whose tokens the application is signed in with, such as a Kubernetes cluster. */
public final class FederatedIssuer {

    public static final String AUDIENCE = "api://AzureADTokenExchange";

    private final KeyPair keys;
    private final String name;
    private final String subject;

    /**
     * @param name the claim {@code iss}
     * @param subject the claim {@code sub}: for whom it issues tokens
     */
    public FederatedIssuer(String name, String subject) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            this.keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        this.name = name;
        this.subject = subject;
    }

    String name() {
        return name;
    }

    String subject() {
        return subject;
    }

    PublicKey publicKey() {
        return keys.getPublic();
    }

    /** A token for Entra ID. */
    public String token(Instant expiry) {
        return token(AUDIENCE, expiry);
    }

    public String token(String audience, Instant expiry) {
        JsonObject claims =
                new JsonObject()
                        .put("iss", name)
                        .put("sub", subject)
                        .put("aud", audience)
                        .put("exp", expiry.getEpochSecond())
                        .put("jti", UUID.randomUUID().toString());
        String signed =
                base64(new JsonObject().put("alg", "RS256").put("typ", "JWT"))
                        + "."
                        + base64(claims);
        return signed + "." + signature(signed);
    }

    private String signature(String signed) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(JsonObject json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.encode().getBytes(StandardCharsets.UTF_8));
    }
}
