package io.github.orderlookup.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartnerCenterSettingsTest {
    private static final String CERTIFICATE = "partner-center.client-certificate";
    private static final String PASSWORD = "partner-center.client-certificate-password";
    private static final String SECRET = "partner-center.client-secret";
    private static final String REFRESH_TOKEN = "partner-center.refresh-token";
    private static final String TOKEN_STORE = "partner-center.token-store";

    @TempDir private static Path stores;
    private static Path rsa;
    private static Path weak;
    private static Path elliptic;
    private static Path two;
    private static Path keyless;

    @TempDir private Path directory;

    @BeforeAll
    static void makeCertificates() throws Exception {
        KeyStoreFiles keytool = new KeyStoreFiles(stores);
        rsa = keytool.addKeyPair("rsa.p12", "rsa", "-keyalg", "RSA", "-keysize", "2048");
        weak = keytool.addKeyPair("weak.p12", "weak", "-keyalg", "RSA", "-keysize", "1024");
        elliptic = keytool.addKeyPair("ec.p12", "ec", "-keyalg", "EC");
        keytool.addKeyPair("two.p12", "one", "-keyalg", "EC");
        two = keytool.addKeyPair("two.p12", "two", "-keyalg", "EC");
        keyless = keytool.certificateAlone("keyless.p12", keytool.pemCertificate("rsa.crt", rsa));
    }

    @ParameterizedTest
    @CsvSource({
        "global,        https://api.partnercenter.microsoft.com,            "
                + " https://login.microsoftonline.com",
        "china,         https://partner.partnercenterapi.microsoftonline.cn,"
                + " https://login.chinacloudapi.cn",
        "us-government, https://api.partnercenter.microsoft.com,            "
                + " https://login.microsoftonline.us"
    })
    void takesTheHostsOfTheCloud(String cloud, URI apiUrl, URI loginUrl) {
        PartnerCenterSettings settings = with("partner-center.cloud", cloud).read().partnerCenter();

        assertThat(settings.apiUrl()).isEqualTo(apiUrl);
        assertThat(settings.loginUrl()).isEqualTo(loginUrl);
    }

    @Test
    void saysThatTheGermanCloudWasClosed() {
        assertThat(with("partner-center.cloud", "germany").message()).contains("closed");
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com,             https://example.com",
        "https://example.com/,            https://example.com",
        "HTTPS://Example.COM:443,         https://example.com",
        "https://example.com:8443/,       https://example.com:8443",
        "https://10.0.0.7,                https://10.0.0.7",
        "https://[2001:db8::1]:8443,      https://[2001:db8::1]:8443",
        "http://localhost:8081,           http://localhost:8081",
        "http://127.0.0.1:80,             http://127.0.0.1",
        "http://127.255.255.254:1,        http://127.255.255.254:1",
        "http://[::1]:8081,               http://[::1]:8081",
        "http://[0:0:0:0:0:0:0:1],        http://[0:0:0:0:0:0:0:1]",
    })
    void takesTheOriginOfAUrl(String text, URI origin) {
        PartnerCenterSettings settings =
                with("partner-center.api-url", text)
                        .with("partner-center.login-url", text)
                        .read()
                        .partnerCenter();

        assertThat(settings.apiUrl()).isEqualTo(origin);
        assertThat(settings.loginUrl()).isEqualTo(origin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "//example.com",
                "ftp://example.com",
                "https:example.com",
                "https://",
                "https://a b",
                "https://example.com/v1",
                "https://example.com//",
                "https://example.com?",
                "https://example.com?a=b",
                "https://example.com#",
                "https://user@example.com",
                "https://user:word@example.com",
                "https://example.com:0",
                "https://example.com:65536",
                "https://under_score",
                "http://example.com",
                "http://10.0.0.7",
                "http://0.0.0.0",
                "http://127.0.0.1.example.com",
                "http://localhost.example.com",
                "http://127.1",
                "http://128.0.0.1",
                "http://[::2]",
            })
    void refusesAUrlThatIsNoSafeOrigin(String text) {
        assertThat(with("partner-center.api-url", text).faultyKeys())
                .containsExactly("partner-center.api-url");
        assertThat(with("partner-center.login-url", text).faultyKeys())
                .containsExactly("partner-center.login-url");
    }

    @ParameterizedTest
    @CsvSource({
        "tenant-id, 2f1d3a4b-0c5e-4d6f-8a7b-9c0d1e2f3a4b, true",
        "tenant-id, 2F1D3A4B-0C5E-4D6F-8A7B-9C0D1E2F3A4B, true",
        "tenant-id, contoso.com,                          true",
        "tenant-id, common,                               false",
        "tenant-id, organizations,                        false",
        "tenant-id, consumers,                            false",
        "tenant-id, contoso,                              false",
        "tenant-id, contoso..com,                         false",
        "tenant-id, .com,                                 false",
        "tenant-id, a/b.com,                              false",
        "tenant-id, 1.2.3.4,                              false",
        "tenant-id, {2f1d3a4b-0c5e-4d6f-8a7b-9c0d1e2f3a4b}, false",
        "client-id, 2F1D3A4B-0C5E-4D6F-8A7B-9C0D1E2F3A4B, true",
        "client-id, 2f1d3a4b0c5e4d6f8a7b9c0d1e2f3a4b,     false",
        "client-id, contoso.com,                          false",
        "auth-mode, app-only,                             true",
        "auth-mode, App-Only,                             false",
        "scope,     https://example.com/user_impersonation, true",
        "scope,     a b,                                  false",
        "application-name, Order Lookup (test),           true",
        "application-name, ' x',                          true",
        "application-name, Bestellübersicht,              false",
        "locale,    de-DE,                                true",
        "locale,    de,                                   false",
        "locale,    de_DE,                                false",
        "locale,    de-de,                                false",
        "include-price, true,                             true",
        "include-price, TRUE,                             false",
        "include-price, yes,                              false",
        "connect-timeout, 1ms,                            true",
        "connect-timeout, 1h,                             true",
        "connect-timeout, 61m,                            false",
        "connect-timeout, 0s,                             false",
        "connect-timeout, -1s,                            false",
        "connect-timeout, 30,                             false",
        "connect-timeout, 30S,                            false",
        "connect-timeout, 1.5s,                           false",
        "connect-timeout, 1m30s,                          false",
        "connect-timeout, PT5S,                           false",
        "connect-timeout, 9999999999h,                    false",
        "response-timeout, 500ms,                         true",
        "response-timeout, ' 5s',                         true",
        "requests-per-minute, 0,                          true",
        "requests-per-minute, 1000000,                    true",
        "requests-per-minute, 1000001,                    false",
        "requests-per-minute, 99999999999,                false",
        "requests-per-minute, -1,                         false",
        "requests-per-minute, +1,                         false",
        "requests-per-minute, ٣,                          false",
        "client-secret, 'two words',                      false",
        "cloud, GLOBAL,                                   false",
    })
    void acceptsWhatIsWellFormedAlone(String name, String text, boolean accepted) {
        String key = "partner-center." + name;

        assertThat(with(key, text).faultyKeys()).containsExactly(accepted ? none() : one(key));
    }

    @Test
    void takesAnApplicationNameOfOneHundredCharactersAtMost() {
        String key = "partner-center.application-name";

        assertThat(with(key, "x".repeat(100)).faults()).isEmpty();
        assertThat(with(key, "x".repeat(101)).faultyKeys()).containsExactly(key);
    }

    @Test
    void dropsTheLineEndThatSecretsFromFilesHave() {
        PartnerCenterSettings settings = with(SECRET, "secret\n").read().partnerCenter();

        assertThat(settings.credential())
                .isEqualTo(new Credential.ClientSecret(new Secret("secret")));
    }

    @Test
    void takesACertificateInsteadOfASecret() {
        PartnerCenterSettings settings = withCertificate(rsa).read().partnerCenter();

        assertThat(settings.credential())
                .isEqualTo(new Credential.ClientCertificate(rsa, KeyStoreFiles.PASSWORD, null));
    }

    @Test
    void refusesACertificateBesideASecret() {
        assertThat(withCertificate(rsa).with(SECRET, Configured.SECRET).faultyKeys())
                .containsExactly(SECRET);
    }

    @Test
    void refusesAPasswordWithoutACertificate() {
        assertThat(with(PASSWORD, "x").faultyKeys()).containsExactly(PASSWORD);
    }

    @Test
    void refusesAWrongOrMissingPasswordOfTheCertificate() {
        assertThat(withCertificate(rsa).with(PASSWORD, "wrong").message())
                .contains("password is wrong or missing");
        assertThat(withCertificate(rsa).without(PASSWORD).message())
                .contains("password is wrong or missing");
    }

    @Test
    void refusesACertificateFileThatCannotSignForUs() throws Exception {
        Path text = Files.writeString(directory.resolve("text.p12"), "no key store");

        assertThat(withCertificate(weak).message()).contains("1024 bits only");
        assertThat(withCertificate(elliptic).message()).contains("no RSA key");
        assertThat(withCertificate(two).message()).contains("2 private keys");
        assertThat(withCertificate(keyless).message()).contains("no private key");
        assertThat(withCertificate(text).message()).contains("is no key store");
        assertThat(
                        withCertificate(KeyStoreFiles.keyAlone(directory.resolve("alone.p12"), rsa))
                                .message())
                .contains("private key without its certificate");
        assertThat(withCertificate(rsa).with(PASSWORD, "Schl\u00fcssel").message())
                .contains("printable ASCII")
                .doesNotContain("Schl");
        assertThat(withCertificate(directory).message()).contains("is no file");
        assertThat(withCertificate(directory.resolve("none.p12")).message())
                .contains("none.p12\" does not exist");
    }

    @Test
    void takesAFirstRefreshTokenAndAStoreToCome() {
        Path store = directory.resolve("token");

        PartnerCenterSettings settings =
                user().with(REFRESH_TOKEN, "0.AXoA")
                        .with(TOKEN_STORE, store.toString())
                        .read()
                        .partnerCenter();

        assertThat(settings.authMode()).isEqualTo(AuthMode.APP_USER);
        assertThat(settings.refreshToken()).isEqualTo(new Secret("0.AXoA"));
        assertThat(settings.tokenStore()).isEqualTo(store);
    }

    @Test
    void needsNoRefreshTokenWhenTheStoreIsThere() throws Exception {
        Path store = Files.writeString(directory.resolve("token"), "{}");

        assertThat(user().with(TOKEN_STORE, store.toString()).faults()).isEmpty();
    }

    @Test
    void refusesAUserWithoutARefreshTokenAnywhere() {
        assertThat(user().with(TOKEN_STORE, directory.resolve("token").toString()).faultyKeys())
                .containsExactly(REFRESH_TOKEN);
        assertThat(user().faultyKeys()).containsExactly(REFRESH_TOKEN, TOKEN_STORE);
    }

    @Test
    void refusesARefreshTokenThatWouldBeLostWhenItIsReplaced() {
        assertThat(user().with(REFRESH_TOKEN, "0.AXoA").faultyKeys()).containsExactly(TOKEN_STORE);
    }

    @Test
    void refusesAStoreThatCannotBeWritten() {
        Configured configured = user().with(REFRESH_TOKEN, "0.AXoA");

        assertThat(configured.with(TOKEN_STORE, directory.toString()).message())
                .contains("is no file");
        assertThat(
                        configured
                                .with(TOKEN_STORE, directory.resolve("no/such/token").toString())
                                .message())
                .contains("does not exist");
    }

    @Test
    void refusesTheTokensOfAUserWhereNoneIs() {
        Configured configured =
                with(REFRESH_TOKEN, "0.AXoA")
                        .with(TOKEN_STORE, directory.resolve("token").toString());

        assertThat(configured.faultyKeys()).containsExactly(REFRESH_TOKEN, TOKEN_STORE);
    }

    @Test
    void blamesAnUnknownModeAloneAndNotTheTokensBesideIt() {
        Configured configured =
                with("partner-center.auth-mode", "user").with(REFRESH_TOKEN, "0.AXoA");

        assertThat(configured.faultyKeys()).containsExactly("partner-center.auth-mode");
    }

    private static Configured with(String key, String text) {
        return Configured.valid().with(key, text);
    }

    private static Configured user() {
        return with("partner-center.auth-mode", "app-user");
    }

    private static Configured withCertificate(Path file) {
        return Configured.valid()
                .without(SECRET)
                .with(CERTIFICATE, file.toString())
                .with(PASSWORD, KeyStoreFiles.PASSWORD.reveal());
    }

    private static String[] none() {
        return new String[0];
    }

    private static String[] one(String key) {
        return new String[] {key};
    }
}
