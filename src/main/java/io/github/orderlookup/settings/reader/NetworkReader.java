package io.github.orderlookup.settings.reader;

import io.github.orderlookup.settings.Key;
import io.github.orderlookup.settings.NetworkSettings;
import io.github.orderlookup.settings.ProxySettings;
import io.github.orderlookup.settings.Secret;
import io.github.orderlookup.settings.format.FileFormats;
import io.github.orderlookup.settings.format.Formats;
import io.github.orderlookup.settings.format.HostFormats;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads {@link NetworkSettings}, and checks that they do not contradict each other. */
final class NetworkReader {

    private static final Secret NOTHING = new Secret("");

    private final Values values;

    NetworkReader(Values values) {
        this.values = values;
    }

    NetworkSettings read() {
        URI proxy = values.optional(Key.PROXY, HostFormats.PROXY);
        String user = values.optional(Key.PROXY_USER, Formats.PROXY_USER);
        Secret password = values.optional(Key.PROXY_PASSWORD, Formats.PASSWORD);
        Path passwordFile = values.optional(Key.PROXY_PASSWORD_FILE, FileFormats.PASSWORD_FILE);
        Path authorities = values.optional(Key.CA_CERTIFICATES, FileFormats.CA_CERTIFICATES);
        // The proxy properties of the JVM carry no credential.
        values.requireWith(Key.PROXY_USER, Key.PROXY);
        requirePassword();
        values.requireWith(Key.PROXY_PASSWORD, Key.PROXY_USER);
        values.requireWith(Key.PROXY_PASSWORD_FILE, Key.PROXY_USER);
        values.refuseBoth(Key.PROXY_PASSWORD, Key.PROXY_PASSWORD_FILE);
        return new NetworkSettings(proxy(proxy, user, password, passwordFile), authorities);
    }

    private static @Nullable ProxySettings proxy(
            @Nullable URI proxy,
            @Nullable String user,
            @Nullable Secret password,
            @Nullable Path passwordFile) {
        return proxy == null
                ? null
                : new ProxySettings(
                        withoutBrackets(proxy.getHost()),
                        proxy.getPort(),
                        user,
                        password == null ? NOTHING : password,
                        passwordFile);
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private void requirePassword() {
        if (values.isSet(Key.PROXY_USER)
                && values.isMissing(Key.PROXY_PASSWORD)
                && values.isMissing(Key.PROXY_PASSWORD_FILE)) {
            values.add(
                    Key.PROXY_USER,
                    "is set without "
                            + Key.PROXY_PASSWORD.text()
                            + " and without "
                            + Key.PROXY_PASSWORD_FILE.text(),
                    "only together with one of them");
        }
    }
}
