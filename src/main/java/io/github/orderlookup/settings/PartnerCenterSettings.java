package io.github.orderlookup.settings;

import io.github.orderlookup.text.Guids;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where Partner Center is, who asks there, and how hard it may be asked.
 *
 * @param apiUrl origin without a slash at the end
 * @param loginUrl origin without a slash at the end
 * @param tenantId the partner's tenant: GUID or domain name
 * @param clientId GUID of the application
 * @param refreshToken the first refresh token; only with {@link AuthMode#APP_USER}
 * @param tokenStore file that keeps the rotated refresh token; always with {@link
 *     AuthMode#APP_USER}, never else
 * @param scope what tokens are asked for
 * @param applicationName header {@code MS-PartnerCenter-Application}
 * @param locale header {@code X-Locale}
 * @param responseTimeout of one attempt, for the whole answer, body included
 * @param requestsPerMinute calls started in any 60 s, retries included; 0 is no limit
 * @param network the way out to both hosts
 */
public record PartnerCenterSettings(
        Cloud cloud,
        URI apiUrl,
        URI loginUrl,
        String tenantId,
        String clientId,
        AuthMode authMode,
        Credential credential,
        @Nullable Secret refreshToken,
        @Nullable Path tokenStore,
        String scope,
        @Nullable String applicationName,
        String locale,
        boolean includePrice,
        Duration connectTimeout,
        Duration responseTimeout,
        int requestsPerMinute,
        NetworkSettings network) {

    /**
     * Whether a tenant that a token names is another one than the partner's. That cannot be known
     * where {@link #tenantId} is a domain name.
     *
     * @param tenant empty when the token names none
     */
    public boolean isOtherTenant(String tenant) {
        return Guids.isGuid(tenantId) && !tenant.isEmpty() && !tenant.equalsIgnoreCase(tenantId);
    }
}
