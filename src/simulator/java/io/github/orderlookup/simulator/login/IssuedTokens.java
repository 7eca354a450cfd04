package io.github.orderlookup.simulator.login;

import io.github.orderlookup.simulator.Simulator;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The access tokens and refresh tokens given out and what became of them. Thread-safe. */
public final class IssuedTokens {

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;
    private final Map<String, AccessToken> accessTokens = new ConcurrentHashMap<>();
    private final Map<String, Instant> refreshTokens = new ConcurrentHashMap<>();
    private final Map<String, Instant> revokedRefreshTokens = new ConcurrentHashMap<>();
    private volatile Duration accessLifetime = Duration.ofSeconds(3599);
    private volatile Duration refreshLifetime = Duration.ofDays(90);

    public IssuedTokens(Clock clock) {
        this.clock = clock;
        refreshTokens.put(Simulator.REFRESH_TOKEN, clock.instant());
    }

    public void accessLifetime(Duration lifetime) {
        accessLifetime = lifetime;
    }

    Duration accessLifetime() {
        return accessLifetime;
    }

    public void refreshLifetime(Duration lifetime) {
        refreshLifetime = lifetime;
    }

    /** A token of the application itself. */
    public AccessToken newAccessToken(String clientId, String audience) {
        return newAccessToken(clientId, audience, new JsonObject().put("idtyp", "app"));
    }

    /** A token of the application for a user. */
    AccessToken newUserToken(String clientId, String audience, PartnerUser user) {
        return newAccessToken(clientId, audience, user.accessClaims());
    }

    private AccessToken newAccessToken(String clientId, String audience, JsonObject claims) {
        Instant now = clock.instant();
        Instant expiry = now.plus(accessLifetime);
        String value = jwt(now, expiry, clientId, audience, claims);
        AccessToken token = new AccessToken(value, audience, expiry);
        accessTokens.put(value, token);
        return token;
    }

    /** The token when it was given out here, has not expired and was not revoked. */
    public Optional<AccessToken> live(String value) {
        return Optional.ofNullable(accessTokens.get(value))
                .filter(token -> clock.instant().isBefore(token.expiry()));
    }

    public void revokeAccessTokens() {
        accessTokens.clear();
    }

    String newRefreshToken() {
        String token = "1.AX0A" + randomText(96);
        refreshTokens.put(token, clock.instant());
        return token;
    }

    RefreshTokenState state(String refreshToken) {
        if (revokedRefreshTokens.containsKey(refreshToken)) {
            return RefreshTokenState.REVOKED;
        }
        Instant since = refreshTokens.get(refreshToken);
        if (since == null) {
            return RefreshTokenState.UNKNOWN;
        }
        boolean live = clock.instant().isBefore(since.plus(refreshLifetime));
        return live ? RefreshTokenState.LIVE : RefreshTokenState.EXPIRED;
    }

    public void revokeRefreshToken(String token) {
        revokedRefreshTokens.put(token, clock.instant());
    }

    public void revokeRefreshTokens() {
        refreshTokens.keySet().forEach(this::revokeRefreshToken);
    }

    /** An unsigned-looking token for the client's own eyes: header, claims, random signature. */
    String jwt(JsonObject claims) {
        JsonObject header = new JsonObject().put("typ", "JWT").put("alg", "RS256");
        return base64(header.encode()) + "." + base64(claims.encode()) + "." + randomText(64);
    }

    private String jwt(
            Instant now, Instant expiry, String clientId, String audience, JsonObject claims) {
        return jwt(
                new JsonObject()
                        .put("tid", Simulator.TENANT_ID)
                        .mergeIn(claims)
                        .put("aud", audience)
                        .put("appid", clientId)
                        .put("iat", now.getEpochSecond())
                        .put("exp", expiry.getEpochSecond())
                        .put("uti", UUID.randomUUID().toString()));
    }

    private String randomText(int bytes) {
        byte[] text = new byte[bytes];
        random.nextBytes(text);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
