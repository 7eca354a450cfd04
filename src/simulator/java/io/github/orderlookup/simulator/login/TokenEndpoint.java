package io.github.orderlookup.simulator.login;

import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.simulator.http.Reply;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Entra ID's {@code POST /{tenant}/oauth2/v2.0/token}: decides on a form, answers a {@link Reply}.
 */
public final class TokenEndpoint {

    private static final String DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";

    private static final Set<String> PERMISSIONS = Set.of(".default", "user_impersonation");
    private static final Set<String> RESOURCES =
            Set.of(
                    Simulator.RESOURCE,
                    "https://partner.partnercenterapi.microsoftonline.cn",
                    Simulator.RETIRED_RESOURCE);

    private final IssuedTokens tokens;
    private final ClientCredentials credentials;
    private final Grants grants;
    private final Clock clock;

    public TokenEndpoint(
            IssuedTokens tokens, ClientCredentials credentials, Grants grants, Clock clock) {
        this.tokens = tokens;
        this.credentials = credentials;
        this.grants = grants;
        this.clock = clock;
    }

    /**
     * @param url where the request went: an assertion must be meant for it
     */
    public Reply answer(String tenant, String url, Map<String, String> form) {
        try {
            LoginRefusal.unless(tenant.equalsIgnoreCase(Simulator.TENANT_ID), 90002);
            credentials.check(form, url);
            return switch (form.getOrDefault("grant_type", "")) {
                case "client_credentials" -> appOnly(form);
                case "refresh_token" -> {
                    checkRefreshToken(form.getOrDefault("refresh_token", ""));
                    yield appUser(form);
                }
                case "authorization_code" -> {
                    grants.redeemCode(form);
                    yield appUser(form);
                }
                case DEVICE_CODE -> {
                    grants.redeemDeviceCode(form);
                    yield appUser(form);
                }
                default -> throw new LoginRefusal(70003);
            };
        } catch (LoginRefusal e) {
            return LoginError.of(e.number()).reply();
        } catch (Grants.DeviceCodeError e) {
            return LoginError.ofDeviceCode(e.error());
        }
    }

    /** Entra ID's {@code POST /{tenant}/oauth2/v2.0/devicecode}. */
    public Reply deviceCode(String tenant, String origin, Map<String, String> form) {
        try {
            LoginRefusal.unless(tenant.equalsIgnoreCase(Simulator.TENANT_ID), 90002);
            LoginRefusal.unless(
                    Simulator.CLIENT_ID.equalsIgnoreCase(form.get("client_id")), 700016);
            LoginRefusal.unless(scopes(form).contains("offline_access"), 70011);
            return Reply.json(200, new JsonObject(grants.newDeviceCode(origin)).encode());
        } catch (LoginRefusal e) {
            return LoginError.of(e.number()).reply();
        }
    }

    private Reply appOnly(Map<String, String> form) {
        return Reply.json(200, granted(form, tokens::newAccessToken).encode());
    }

    private Reply appUser(Map<String, String> form) {
        JsonObject granted =
                granted(form, (client, audience) -> tokens.newUserToken(client, audience, user()))
                        .put("refresh_token", tokens.newRefreshToken());
        if (scopes(form).contains("openid")) {
            granted.put("id_token", tokens.jwt(idClaims(form.get("client_id"))));
        }
        if ("1".equals(form.get("client_info"))) {
            granted.put("client_info", ClientInfo.TEXT);
        }
        return Reply.json(200, granted.encode());
    }

    private JsonObject granted(
            Map<String, String> form, BiFunction<String, String, AccessToken> issue) {
        String scope =
                scopes(form).stream()
                        .filter(TokenEndpoint::known)
                        .findFirst()
                        .orElseThrow(() -> new LoginRefusal(70011));
        String resource = scope.substring(0, scope.lastIndexOf('/'));
        AccessToken token = issue.apply(form.get("client_id"), resource);
        long seconds = tokens.accessLifetime().toSeconds();
        return new JsonObject()
                .put("token_type", "Bearer")
                .put("scope", resource + "/user_impersonation")
                .put("expires_in", seconds)
                .put("ext_expires_in", seconds)
                .put("access_token", token.value());
    }

    private void checkRefreshToken(String refreshToken) {
        switch (tokens.state(refreshToken)) {
            case LIVE -> {}
            case EXPIRED -> throw new LoginRefusal(700082);
            case REVOKED -> throw new LoginRefusal(50173);
            case UNKNOWN -> throw new LoginRefusal(9002313);
        }
    }

    private JsonObject idClaims(String clientId) {
        long now = clock.instant().getEpochSecond();
        return user().idClaims().put("aud", clientId).put("iat", now).put("exp", now + 3600);
    }

    private PartnerUser user() {
        return grants.user();
    }

    private static boolean known(String scope) {
        int slash = scope.lastIndexOf('/');
        return slash > 0
                && RESOURCES.contains(scope.substring(0, slash))
                && PERMISSIONS.contains(scope.substring(slash + 1));
    }

    private static List<String> scopes(Map<String, String> form) {
        return List.of(Optional.ofNullable(form.get("scope")).orElse("").split(" "));
    }
}
