package io.github.orderlookup.settings.reader;

import static java.util.Objects.requireNonNullElse;

import io.github.orderlookup.settings.Key;
import io.github.orderlookup.settings.RestSettings;
import io.github.orderlookup.settings.Secret;
import io.github.orderlookup.settings.Tls;
import io.github.orderlookup.settings.format.ApiKeyFormats;
import io.github.orderlookup.settings.format.FileFormats;
import io.github.orderlookup.settings.format.Format;
import io.github.orderlookup.settings.format.Formats;
import io.github.orderlookup.settings.format.HostFormats;
import io.github.orderlookup.settings.format.Hosts;
import io.github.orderlookup.settings.format.KeyContents;
import io.github.orderlookup.settings.format.MalformedException;
import io.github.orderlookup.settings.format.SmallFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads {@link RestSettings}, and checks that they do not contradict each other. */
final class RestReader {
    private static final Format<Integer> PORT = Formats.wholeNumber(0, 65_535);
    private static final Format<Integer> WAITING = Formats.wholeNumber(1, 1_000_000);

    private final Values values;

    RestReader(Values values) {
        this.values = values;
    }

    RestSettings read() {
        RestSettings rest =
                new RestSettings(
                        values.withDefault(Key.REST_ENABLED, Formats.BOOLEAN),
                        values.withDefault(Key.REST_HOST, HostFormats.HOST),
                        values.withDefault(Key.REST_PORT, PORT),
                        requireNonNullElse(
                                values.optional(Key.REST_API_KEYS, ApiKeyFormats.LIST), List.of()),
                        values.optional(Key.REST_API_KEYS_FILE, FileFormats.API_KEYS_FILE),
                        tls(),
                        values.withDefault(Key.REST_MAX_WAITING, WAITING),
                        values.withDefault(Key.REST_CONSOLE, Formats.BOOLEAN));
        values.refuseBoth(Key.REST_API_KEYS, Key.REST_API_KEYS_FILE);
        if (rest.enabled()
                && !rest.asksForKey()
                && values.areValid(
                        Key.REST_ENABLED,
                        Key.REST_HOST,
                        Key.REST_API_KEYS,
                        Key.REST_API_KEYS_FILE)) {
            requireKeys(rest.host());
        }
        return rest;
    }

    private void requireKeys(String host) {
        if (values.embedded()) {
            values.add(
                    Key.REST_API_KEYS,
                    "is missing: whoever reaches the host application could look orders up",
                    ApiKeyFormats.LIST.accepted());
        } else if (!Hosts.isLoopback(host)) {
            values.add(
                    Key.REST_API_KEYS,
                    String.format(
                            Locale.ROOT,
                            "is missing: with %s=%s whoever reaches this machine could look orders"
                                    + " up",
                            Key.REST_HOST.text(),
                            host),
                    ApiKeyFormats.LIST.accepted()
                            + "; none only while the door is bound to loopback");
        }
    }

    private @Nullable Tls tls() {
        Path certificate = values.optional(Key.REST_TLS_CERTIFICATE, FileFormats.PEM_CERTIFICATE);
        Path key = values.optional(Key.REST_TLS_KEY, FileFormats.PEM_KEY);
        Secret password =
                requireNonNullElse(
                        values.optional(Key.REST_TLS_KEYSTORE_PASSWORD, Formats.PASSWORD),
                        new Secret(""));
        Path keyStore =
                values.optional(
                        Key.REST_TLS_KEYSTORE,
                        values.areValid(Key.REST_TLS_KEYSTORE_PASSWORD)
                                ? FileFormats.tlsKeyStore(password)
                                : FileFormats.READABLE);
        checkTogether(Key.REST_TLS_CERTIFICATE, Key.REST_TLS_KEY);
        checkTogether(Key.REST_TLS_KEY, Key.REST_TLS_CERTIFICATE);
        checkTogether(Key.REST_TLS_KEYSTORE_PASSWORD, Key.REST_TLS_KEYSTORE);
        checkOneSource();
        if (certificate != null && key != null) {
            Tls.PemFiles files = new Tls.PemFiles(certificate, key);
            checkMatch(files);
            return files;
        }
        return keyStore == null ? null : new Tls.KeyStoreFile(keyStore, password);
    }

    private void checkTogether(Key key, Key needed) {
        if (values.isSet(key) && values.isMissing(needed)) {
            values.add(key, "is set without " + needed.text(), "both together, or neither of them");
        }
    }

    private void checkOneSource() {
        boolean pem = values.isSet(Key.REST_TLS_CERTIFICATE) || values.isSet(Key.REST_TLS_KEY);
        if (pem && values.isSet(Key.REST_TLS_KEYSTORE)) {
            values.add(
                    Key.REST_TLS_KEYSTORE,
                    "is set beside " + Key.REST_TLS_CERTIFICATE.text() + ": which is meant?",
                    String.format(
                            Locale.ROOT,
                            "either this, or %s and %s",
                            Key.REST_TLS_CERTIFICATE.text(),
                            Key.REST_TLS_KEY.text()));
        }
    }

    private void checkMatch(Tls.PemFiles files) {
        try {
            List<byte[]> contents =
                    List.of(SmallFile.read(files.certificate()), SmallFile.read(files.key()));
            KeyContents.ofTheServer(files, contents);
        } catch (MalformedException e) {
            values.add(
                    Key.REST_TLS_KEY,
                    e.wrong(),
                    "the key of the first certificate in " + Key.REST_TLS_CERTIFICATE.text());
        }
    }
}
