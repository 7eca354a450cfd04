package io.github.orderlookup.simulator.login;

import io.github.orderlookup.simulator.Simulator;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The partner's user, as the token endpoint shows it to the client. */
final class ClientInfo {

    static final String USER_ID = "0b7e2d14-6c39-4f0a-9a1e-d2f4c8b35e67";

    static final String TEXT =
            Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            new JsonObject()
                                    .put("uid", USER_ID)
                                    .put("utid", Simulator.TENANT_ID)
                                    .encode()
                                    .getBytes(StandardCharsets.UTF_8));

    private ClientInfo() {}
}
