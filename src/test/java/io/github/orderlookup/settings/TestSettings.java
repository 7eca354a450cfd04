package io.github.orderlookup.settings;

import io.github.orderlookup.simulator.Simulator;
import java.net.URI;
import java.time.Duration;

/** Settings as most tests want them. */
public final class TestSettings {
    private TestSettings() {}

    /** Signs in by the simulator's secret at the given hosts; prices are left out. */
    public static PartnerCenterSettings partnerCenter(
            URI api, URI login, Duration responseTimeout, int requestsPerMinute) {
        return partnerCenter(
                api, login, responseTimeout, requestsPerMinute, NetworkSettings.OF_THE_JVM);
    }

    /** The same with a way out. */
    public static PartnerCenterSettings partnerCenter(
            URI api,
            URI login,
            Duration responseTimeout,
            int requestsPerMinute,
            NetworkSettings network) {
        return new PartnerCenterSettings(
                Cloud.GLOBAL,
                api,
                login,
                Simulator.TENANT_ID,
                Simulator.CLIENT_ID,
                AuthMode.APP_ONLY,
                new Credential.ClientSecret(new Secret(Simulator.CLIENT_SECRET)),
                null,
                null,
                Simulator.RESOURCE + "/.default",
                null,
                "en-US",
                false,
                Duration.ofSeconds(5),
                responseTimeout,
                requestsPerMinute,
                network);
    }
}
