package io.github.orderlookup.signin.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.orderlookup.settings.Secret;
import io.github.orderlookup.text.Quoted;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What the token of another issuer says of itself: the login host verifies it, nothing here does.
 *
 * @param issuer empty when it says none, as the subject
 * @param audiences none, one, or several
 * @param expiry empty when it says none that can be read
 */
public record Assertion(
        String issuer, String subject, List<String> audiences, Optional<Instant> expiry) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The claims of a token; none when they cannot be read. */
    public static Assertion of(Secret token) {
        JsonNode claims = claims(token.reveal());
        return new Assertion(
                claims.path("iss").asText(""),
                claims.path("sub").asText(""),
                audiences(claims.path("aud")),
                claims.path("exp").canConvertToLong()
                        ? Optional.of(Instant.ofEpochSecond(claims.path("exp").asLong()))
                        : Optional.empty());
    }

    private static JsonNode claims(String token) {
        String[] parts = token.split("\\.", -1);
        try {
            return MAPPER.readTree(Base64.getUrlDecoder().decode(parts[1]));
        } catch (IOException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return MissingNode.getInstance();
        }
    }

    private static List<String> audiences(JsonNode claim) {
        List<String> audiences = new ArrayList<>();
        if (claim.isTextual()) {
            audiences.add(claim.asText());
        }
        claim.forEach(each -> audiences.add(each.asText("")));
        return audiences;
    }

    public boolean isExpired(Instant now) {
        return expiry.isPresent() && !now.isBefore(expiry.get());
    }

    /** The words for one that has expired. */
    String expired(Path file) {
        return "the token in "
                + Quoted.ofPath(file)
                + " expired at "
                + expiry.map(Instant::toString).orElse("");
    }
}
