package io.github.orderlookup.simulator.login;

import io.github.orderlookup.simulator.Header;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.simulator.http.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Entra ID's {@code GET /{tenant}/oauth2/v2.0/authorize}: a user signs in, and the browser is sent
 * back with a code. What is wrong with the application is a page, which ends there.
 */
public final class AuthorizeEndpoint {

    private final Grants grants;

    public AuthorizeEndpoint(Grants grants) {
        this.grants = grants;
    }

    public Reply answer(String tenant, Map<String, String> query) {
        try {
            LoginRefusal.unless(tenant.equalsIgnoreCase(Simulator.TENANT_ID), 90002);
            LoginRefusal.unless(
                    Simulator.CLIENT_ID.equalsIgnoreCase(query.get("client_id")), 700016);
            String redirect = query.getOrDefault("redirect_uri", "");
            LoginRefusal.unless(grants.isRegistered(redirect), 50011);
            return back(redirect, query);
        } catch (LoginRefusal e) {
            return page(LoginError.of(e.number()));
        }
    }

    private Reply back(String redirect, Map<String, String> query) {
        String state = query.getOrDefault("state", "");
        try {
            LoginRefusal.unless("code".equals(query.get("response_type")), 700054);
            LoginRefusal.unless("query".equals(query.get("response_mode")), 900144);
            LoginRefusal.unless("S256".equals(query.get("code_challenge_method")), 501491);
            LoginRefusal.unless(!query.getOrDefault("code_challenge", "").isEmpty(), 501491);
            LoginRefusal.unless(query.getOrDefault("scope", "").contains("offline_access"), 70011);
        } catch (LoginRefusal e) {
            return refused(redirect, "invalid_request", e.number(), state);
        }
        return grants.user().consents()
                ? sendTo(
                        redirect,
                        List.of(
                                "code",
                                grants.newCode(redirect, query.get("code_challenge")),
                                "state",
                                state,
                                "session_state",
                                UUID.randomUUID().toString()))
                : refused(redirect, "access_denied", 65004, state);
    }

    private static Reply refused(String redirect, String error, int number, String state) {
        return sendTo(
                redirect,
                List.of(
                        "error",
                        error,
                        "error_description",
                        "AADSTS" + number + ": " + LoginError.of(number).text(),
                        "state",
                        state));
    }

    private static Reply sendTo(String redirect, List<String> pairs) {
        StringBuilder address = new StringBuilder(redirect).append("/?");
        for (int n = 0; n < pairs.size(); n += 2) {
            address.append(n == 0 ? "" : "&").append(pairs.get(n)).append('=');
            address.append(URLEncoder.encode(pairs.get(n + 1), StandardCharsets.UTF_8));
        }
        return new Reply(302, List.of(new Header("Location", address.toString())), new byte[0]);
    }

    private static Reply page(LoginError error) {
        return Reply.of(
                error.status(),
                "text/html; charset=utf-8",
                "<!DOCTYPE html><title>Sign in</title><p>AADSTS"
                        + error.number()
                        + ": "
                        + error.text());
    }
}
