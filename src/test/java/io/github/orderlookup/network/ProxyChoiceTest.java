package io.github.orderlookup.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.reload.FileValue;
import io.github.orderlookup.settings.ProxySettings;
import io.github.orderlookup.settings.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyChoiceTest {

    private static final URI API = URI.create("https://api.partnercenter.test");
    private static final ProxySettings SETTING =
            new ProxySettings("fe80::1", 3128, "user", new Secret("pässword"), null);

    @TempDir private Path directory;

    private final Map<String, String> before = new HashMap<>();

    @AfterEach
    void restore() {
        before.forEach(
                (key, value) -> {
                    if (value == null) {
                        System.clearProperty(key);
                    } else {
                        System.setProperty(key, value);
                    }
                });
    }

    @Test
    void goesDirectWhereNothingNamesAProxy() {
        assertThat(new ProxyChoice(null).to(API)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.partnercenter.test, proxy.example:3128",
        "https://localhost:8443, ",
        "https://login.intern.example, ",
        "http://127.0.0.1:8080, "
    })
    void obeysTheProxyPropertiesOfTheJvm(URI origin, String expected) {
        property("https.proxyHost", "proxy.example");
        property("https.proxyPort", "3128");
        property("http.proxyHost", "proxy.example");
        property("http.nonProxyHosts", "localhost|*.intern.example");

        assertThat(new ProxyChoice(null).to(origin).map(OutboundProxy::name).orElse(null))
                .isEqualTo(expected);
    }

    @Test
    void prefersTheSettingToTheJvmForEveryHost() {
        property("https.proxyHost", "another.example");
        property("http.nonProxyHosts", "*");

        OutboundProxy proxy = new ProxyChoice(SETTING).to(URI.create("https://localhost:1")).get();

        assertThat(proxy.name()).isEqualTo("[fe80::1]:3128");
        assertThat(proxy.source()).isEqualTo(OutboundProxy.Source.SETTING);
        assertThat(proxy.credential().get().reveal()).isEqualTo("Basic dXNlcjpww6Rzc3dvcmQ=");
        assertThat(proxy.toString()).doesNotContain("dXNlcj");
    }

    @Test
    void speaksPlainHttpToNoProxy() {
        assertThat(new ProxyChoice(SETTING).to(URI.create("http://127.0.0.1:8080"))).isEmpty();
    }

    @Test
    void givesThePasswordThatTheFileHoldsByThen() throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "first\n");
        ProxyChoice choice = new ProxyChoice(withPasswordOf(file));
        FileValue<?> watched = choice.passwordFile().orElseThrow();
        assertThat(credential(choice)).isEqualTo("user:first");

        Files.writeString(file, "second");
        assertThat(watched.lookNow()).isTrue();
        assertThat(credential(choice)).isEqualTo("user:second");

        Files.writeString(file, " ");
        watched.look();
        watched.look();
        assertThat(credential(choice)).isEqualTo("user:second");
        assertThat(watched.fault()).get().asString().contains("holds nothing but blanks");
    }

    @Test
    void givesNoCredentialAsLongAsTheFileCouldNeverBeUsed() {
        ProxyChoice choice = new ProxyChoice(withPasswordOf(directory.resolve("missing")));

        assertThat(choice.to(API).orElseThrow().name()).isEqualTo("proxy.example:3128");
        assertThat(choice.to(API).orElseThrow().credential()).isEmpty();
        assertThat(choice.passwordFile().orElseThrow().fault()).isPresent();
    }

    private static ProxySettings withPasswordOf(Path file) {
        return new ProxySettings("proxy.example", 3128, "user", new Secret(""), file);
    }

    private static String credential(ProxyChoice choice) {
        String basic = choice.to(API).orElseThrow().credential().orElseThrow().reveal();
        return new String(Base64.getDecoder().decode(basic.substring("Basic ".length())), UTF_8);
    }

    private void property(String key, String value) {
        before.put(key, System.setProperty(key, value));
    }
}
