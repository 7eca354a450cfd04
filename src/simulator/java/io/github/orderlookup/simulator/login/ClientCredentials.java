package io.github.orderlookup.simulator.login;

import io.github.orderlookup.simulator.Simulator;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the one registered application may prove itself with. Thread-safe. */
public final class ClientCredentials {

    private final Clock clock;
    private final Set<String> secrets = ConcurrentHashMap.newKeySet();
    private final Set<String> expiredSecrets = ConcurrentHashMap.newKeySet();
    private final Set<X509Certificate> certificates = ConcurrentHashMap.newKeySet();

    private final Set<FederatedIssuer> issuers = ConcurrentHashMap.newKeySet();
    private final Set<String> refusedAssertions = ConcurrentHashMap.newKeySet();

    public ClientCredentials(Clock clock) {
        this.clock = clock;
        secrets.add(Simulator.CLIENT_SECRET);
    }

    public void addSecret(String secret) {
        expiredSecrets.remove(secret);
        secrets.add(secret);
    }

    public void expireSecret(String secret) {
        secrets.remove(secret);
        expiredSecrets.add(secret);
    }

    public void addCertificate(X509Certificate certificate) {
        certificates.add(certificate);
    }

    public void removeCertificate(X509Certificate certificate) {
        certificates.remove(certificate);
    }

    public void addIssuer(FederatedIssuer issuer) {
        issuers.add(issuer);
    }

    public void refuseAssertion(String assertion) {
        refusedAssertions.add(assertion);
    }

    /**
     * @param tokenEndpoint the audience that an assertion must name
     * @throws LoginRefusal when the form does not prove the application
     */
    void check(Map<String, String> form, String tokenEndpoint) {
        if (!Simulator.CLIENT_ID.equalsIgnoreCase(form.getOrDefault("client_id", ""))) {
            throw new LoginRefusal(700016);
        }
        String assertion = form.get("client_assertion");
        if (assertion == null) {
            checkSecret(form.get("client_secret"));
        } else {
            checkAssertion(
                    assertion, form.getOrDefault("client_assertion_type", ""), tokenEndpoint);
        }
    }

    private void checkAssertion(String assertion, String type, String tokenEndpoint) {
        if (!type.equals(ClientAssertion.TYPE)) {
            throw new LoginRefusal(900144);
        }
        if (refusedAssertions.contains(assertion)) {
            throw new LoginRefusal(700024);
        }
        ClientAssertion given = new ClientAssertion(assertion);
        if (given.isOf(Simulator.CLIENT_ID) || issuers.isEmpty()) {
            given.check(Simulator.CLIENT_ID, tokenEndpoint, certificates, clock.instant());
        } else {
            given.checkFederated(issuers, clock.instant());
        }
    }

    private void checkSecret(@Nullable String secret) {
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
