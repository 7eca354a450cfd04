package io.github.orderlookup.simulator;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the one registered application may prove itself with. Thread-safe. */
final class ClientCredentials {

    private final Set<String> secrets = ConcurrentHashMap.newKeySet();
    private final Set<String> expiredSecrets = ConcurrentHashMap.newKeySet();

    ClientCredentials() {
        secrets.add(Simulator.CLIENT_SECRET);
    }

    void addSecret(String secret) {
        expiredSecrets.remove(secret);
        secrets.add(secret);
    }

    void expireSecret(String secret) {
        secrets.remove(secret);
        expiredSecrets.add(secret);
    }

    /**
     * @throws LoginRefusal when the form does not prove the application
     */
    void check(Map<String, String> form) {
        if (!Simulator.CLIENT_ID.equalsIgnoreCase(form.getOrDefault("client_id", ""))) {
            throw new LoginRefusal(700016);
        }
        checkSecret(form.get("client_secret"));
    }

    private void checkSecret(@org.jspecify.annotations.Nullable String secret) {
        if (secret == null) {
            throw new LoginRefusal(7000218);
        }
        if (expiredSecrets.contains(secret)) {
            throw new LoginRefusal(7000222);
        }
        if (!secrets.contains(secret)) {
            throw new LoginRefusal(7000215);
        }
    }
}
