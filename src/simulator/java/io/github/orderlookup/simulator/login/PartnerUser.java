package io.github.orderlookup.simulator.login;

import io.github.orderlookup.simulator.Simulator;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The user at the browser: who that is and what that user does. Thread-safe. */
public final class PartnerUser {

    /** What the user's tokens say of the methods of the sign-in. */
    public enum Methods {
        PASSWORD_AND_MFA,
        PASSWORD,
        UNTOLD
    }

    private volatile Methods methods = Methods.PASSWORD_AND_MFA;
    private volatile String tenantId = Simulator.TENANT_ID;
    private volatile String name = "Partner";
    private volatile boolean consents = true;

    PartnerUser() {}

    public void methods(Methods methods) {
        this.methods = methods;
    }

    /** Tokens to come are of this tenant. */
    public void tenantId(String tenantId) {
        this.tenantId = tenantId;
    }

    public void name(String name) {
        this.name = name;
    }

    /** Whether the user consents to the application; at first that is so. */
    public void consents(boolean consents) {
        this.consents = consents;
    }

    boolean consents() {
        return consents;
    }

    /** The claims about the user in an access token. */
    JsonObject accessClaims() {
        JsonObject claims = new JsonObject().put("scp", "user_impersonation").put("tid", tenantId);
        return switch (methods) {
            case PASSWORD_AND_MFA -> claims.put("amr", JsonArray.of("pwd", "mfa"));
            case PASSWORD -> claims.put("amr", JsonArray.of("pwd"));
            case UNTOLD -> claims;
        };
    }

    /** The claims about the user in an id token. */
    JsonObject idClaims() {
        return new JsonObject()
                .put("tid", tenantId)
                .put("oid", ClientInfo.USER_ID)
                .put("sub", ClientInfo.USER_ID)
                .put("preferred_username", "partner@simulator.example")
                .put("name", name);
    }
}
