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
        Path authorities = values.optional(Key.CA_CERTIFICATES, FileFormats.CA_CERTIFICATES);
        requireProxy();
        requireBoth(Key.PROXY_USER, Key.PROXY_PASSWORD);
        requireBoth(Key.PROXY_PASSWORD, Key.PROXY_USER);
        return new NetworkSettings(proxy(proxy, user, password), authorities);
    }

    private static @Nullable ProxySettings proxy(
            @Nullable URI proxy, @Nullable String user, @Nullable Secret password) {
        return proxy == null
                ? null
                : new ProxySettings(
                        withoutBrackets(proxy.getHost()),
                        proxy.getPort(),
                        user,
                        password == null ? NOTHING : password);
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** The proxy properties of the JVM carry no credential. */
    private void requireProxy() {
        if (values.isMissing(Key.PROXY) && values.isSet(Key.PROXY_USER)) {
            values.add(
                    Key.PROXY_USER, "is set without " + Key.PROXY.text(), "only together with it");
        }
    }

    private void requireBoth(Key one, Key other) {
        if (values.isSet(one) && values.isMissing(other)) {
            values.add(one, "is set without " + other.text(), "only together with it");
        }
    }
}
