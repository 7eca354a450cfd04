package io.github.orderlookup.signin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The claims of a token, for people and metrics. No signature is verified: a token comes from the
 * login host itself, and who may do what is decided by the API. Pure.
 */
public final class TokenClaims {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Source: Microsoft identity platform, "Access token claims reference" (2025): the methods by
     * which the user signed in.
     */
    private static final String METHODS = "amr";

    private static final String MFA_METHOD = "mfa";

    private final JsonNode claims;

    private TokenClaims(JsonNode claims) {
        this.claims = claims;
    }

    /** The claims; empty when the token is no JWT that can be read. */
    public static Optional<TokenClaims> of(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
            return Optional.ofNullable(claims).filter(JsonNode::isObject).map(TokenClaims::new);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A claim as it came; empty when it is missing. */
    public String text(String name) {
        return claims.path(name).asText("");
    }

    /** The entries of a claim that is an array, as they came. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        claims.path(name).forEach(entry -> texts.add(entry.asText()));
        return texts;
    }

    public Optional<Instant> expiry() {
        JsonNode seconds = claims.path("exp");
        return seconds.canConvertToLong()
                ? Optional.of(Instant.ofEpochSecond(seconds.asLong()))
                : Optional.empty();
    }

    /** The methods by which the user signed in, as they came. */
    public List<String> methods() {
        return texts(METHODS);
    }

    public Mfa mfa() {
        List<String> methods = methods();
        if (methods.isEmpty()) {
            return Mfa.UNKNOWN;
        }
        return methods.contains(MFA_METHOD) ? Mfa.USED : Mfa.NOT_USED;
    }

    @Override
    public String toString() {
        return "TokenClaims";
    }
}
