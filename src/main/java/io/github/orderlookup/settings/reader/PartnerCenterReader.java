package io.github.orderlookup.settings.reader;

import static java.util.Objects.requireNonNullElse;

import io.github.orderlookup.settings.AuthMode;
import io.github.orderlookup.settings.Cloud;
import io.github.orderlookup.settings.Key;
import io.github.orderlookup.settings.PartnerCenterSettings;
import io.github.orderlookup.settings.Secret;
import io.github.orderlookup.settings.format.FileFormats;
import io.github.orderlookup.settings.format.Format;
import io.github.orderlookup.settings.format.Formats;
import io.github.orderlookup.settings.format.HostFormats;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads {@link PartnerCenterSettings}, and checks that they do not contradict each other. */
final class PartnerCenterReader {
    private static final Format<Duration> TIMEOUT = Formats.durationUpTo(Duration.ofHours(1));
    private static final Format<Integer> CALLS = Formats.wholeNumber(0, 1_000_000);

    private final Values values;
    private final boolean signsIn;

    /**
     * @param signsIn whether a user is about to sign in, so that no refresh token is missing
     */
    PartnerCenterReader(Values values, boolean signsIn) {
        this.values = values;
        this.signsIn = signsIn;
    }

    PartnerCenterSettings read() {
        Cloud cloud = values.withDefault(Key.CLOUD, Formats.CLOUD);
        AuthMode authMode = values.withDefault(Key.AUTH_MODE, Formats.AUTH_MODE);
        Secret refreshToken = values.optional(Key.REFRESH_TOKEN, Formats.TOKEN_LIKE);
        Path tokenStore = values.optional(Key.TOKEN_STORE, FileFormats.TOKEN_STORE);
        if (values.areValid(Key.AUTH_MODE)) {
            checkUser(authMode, tokenStore);
        }
        return new PartnerCenterSettings(
                cloud,
                origin(Key.API_URL, cloud.apiUrl()),
                origin(Key.LOGIN_URL, cloud.loginUrl()),
                values.required(Key.TENANT_ID, Formats.TENANT_ID, ""),
                values.required(Key.CLIENT_ID, Formats.CLIENT_ID, ""),
                authMode,
                new CredentialReader(values).read(),
                refreshToken,
                tokenStore,
                scope(cloud),
                values.optional(Key.APPLICATION_NAME, Formats.APPLICATION_NAME),
                values.withDefault(Key.LOCALE, Formats.LOCALE),
                values.withDefault(Key.INCLUDE_PRICE, Formats.BOOLEAN),
                values.withDefault(Key.CONNECT_TIMEOUT, TIMEOUT),
                values.withDefault(Key.RESPONSE_TIMEOUT, TIMEOUT),
                values.withDefault(Key.REQUESTS_PER_MINUTE, CALLS),
                new NetworkReader(values).read());
    }

    private URI origin(Key key, URI ofCloud) {
        return requireNonNullElse(values.optional(key, HostFormats.ORIGIN), ofCloud);
    }

    private String scope(Cloud cloud) {
        return requireNonNullElse(
                values.optional(Key.SCOPE, Formats.SCOPE), cloud.resource() + "/.default");
    }

    private void checkUser(AuthMode authMode, @Nullable Path tokenStore) {
        if (authMode == AuthMode.APP_ONLY) {
            refuseWithoutUser(Key.REFRESH_TOKEN);
            refuseWithoutUser(Key.TOKEN_STORE);
        } else if (values.isMissing(Key.TOKEN_STORE)) {
            values.add(
                    Key.TOKEN_STORE,
                    "is missing: each use replaces the refresh token, and the new one must be kept",
                    FileFormats.TOKEN_STORE.accepted());
        }
        if (authMode == AuthMode.APP_USER && values.isMissing(Key.REFRESH_TOKEN) && !signsIn) {
            requireStored(tokenStore);
        }
    }

    private void refuseWithoutUser(Key key) {
        if (values.isSet(key)) {
            values.add(
                    key,
                    "is set, but nobody is signed in while "
                            + Key.AUTH_MODE.text()
                            + " is app-only",
                    "only with " + Key.AUTH_MODE.text() + "=app-user");
        }
    }

    private void requireStored(@Nullable Path tokenStore) {
        if (tokenStore == null || !Files.exists(tokenStore)) {
            values.add(
                    Key.REFRESH_TOKEN,
                    "is missing, and no token store exists yet that would hold one",
                    "the refresh token of a partner user who consented, with MFA, to this"
                            + " application; java -jar order-lookup.jar sign-in gets one");
        }
    }
}
