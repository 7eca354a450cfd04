package io.github.orderlookup.settings;

import io.github.orderlookup.simulator.Simulator;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

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
        return settings(
                api,
                login,
                AuthMode.APP_ONLY,
                new Credential.ClientSecret(new Secret(Simulator.CLIENT_SECRET)),
                null,
                responseTimeout,
                requestsPerMinute,
                network);
    }

    /** Signs in by any credential. */
    public static PartnerCenterSettings signingIn(URI api, URI login, Credential credential) {
        return signingIn(api, login, AuthMode.APP_ONLY, credential, null);
    }

    /** Signs a user in by any credential and the simulator's refresh token. */
    public static PartnerCenterSettings signingInAUser(
            URI api, URI login, Credential credential, Path tokenStore) {
        return signingIn(api, login, AuthMode.APP_USER, credential, tokenStore);
    }

    private static PartnerCenterSettings signingIn(
            URI api, URI login, AuthMode mode, Credential credential, @Nullable Path tokenStore) {
        return settings(
                api,
                login,
                mode,
                credential,
                tokenStore,
                Duration.ofSeconds(30),
                0,
                NetworkSettings.OF_THE_JVM);
    }

    private static PartnerCenterSettings settings(
            URI api,
            URI login,
            AuthMode mode,
            Credential credential,
            @Nullable Path tokenStore,
            Duration responseTimeout,
            int requestsPerMinute,
            NetworkSettings network) {
        return new PartnerCenterSettings(
                Cloud.GLOBAL,
                api,
                login,
                Simulator.TENANT_ID,
                Simulator.CLIENT_ID,
                mode,
                credential,
                tokenStore == null ? null : new Secret(Simulator.REFRESH_TOKEN),
                tokenStore,
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
