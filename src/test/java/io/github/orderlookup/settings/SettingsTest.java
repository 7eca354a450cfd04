package io.github.orderlookup.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.orderlookup.settings.SettingsException.SettingError;
import io.github.orderlookup.settings.reader.SettingsReader;
import io.github.orderlookup.settings.source.Configuration;
import io.github.orderlookup.settings.source.Placeholders;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @Test
    void takesTheDefaultOfEverythingThatIsNotSet() {
        Settings settings = Configured.valid().read();

        assertThat(settings)
                .isEqualTo(
                        new Settings(
                                new PartnerCenterSettings(
                                        Cloud.GLOBAL,
                                        URI.create("https://api.partnercenter.microsoft.com"),
                                        URI.create("https://login.microsoftonline.com"),
                                        "contoso.onmicrosoft.com",
                                        "2f1d3a4b-0c5e-4d6f-8a7b-9c0d1e2f3a4b",
                                        AuthMode.APP_ONLY,
                                        new Credential.ClientSecret(new Secret(Configured.SECRET)),
                                        null,
                                        null,
                                        "https://api.partnercenter.microsoft.com/.default",
                                        null,
                                        "en-US",
                                        false,
                                        Duration.ofSeconds(5),
                                        Duration.ofSeconds(30),
                                        500,
                                        NetworkSettings.OF_THE_JVM),
                                new LookupSettings(
                                        5,
                                        Duration.ofMinutes(2),
                                        256,
                                        2048,
                                        true,
                                        Duration.ofHours(1)),
                                new KafkaSettings(
                                        true,
                                        "order-lookup.requests",
                                        "order-lookup.results",
                                        "order-lookup.errors",
                                        "order-lookup",
                                        null,
                                        null),
                                new RestSettings(
                                        true,
                                        "127.0.0.1",
                                        8080,
                                        List.of(),
                                        null,
                                        null,
                                        1000,
                                        false),
                                LogLevel.INFO));
    }

    @Test
    void keepsBothEndpointsOffWhenEmbedded() {
        Settings settings = Configured.valid().embedded().read();

        assertThat(settings.kafka().enabled()).isFalse();
        assertThat(settings.rest().enabled()).isFalse();
    }

    @Test
    void tellsTheSameDefaultsThatItReads() {
        Configured spelledOut = Configured.valid();
        for (var entry : Key.defaults(false).entrySet()) {
            spelledOut = spelledOut.with(entry.getKey(), entry.getValue());
        }

        assertThat(spelledOut.read()).isEqualTo(Configured.valid().read());
        assertThat(Key.defaults(true))
                .hasSameSizeAs(Key.defaults(false))
                .containsEntry("order-lookup.kafka.enabled", "false")
                .containsEntry("order-lookup.rest.enabled", "false");
    }

    @Test
    void reportsWhatIsMissingAllAtOnce() {
        assertThat(Configured.nothing().faultyKeys())
                .containsExactly(
                        "partner-center.tenant-id",
                        "partner-center.client-id",
                        "partner-center.client-secret");
    }

    @Test
    void reportsAllErrorsInOneReadableMessage() {
        Configured configured =
                Configured.valid()
                        .without("partner-center.tenant-id")
                        .with("partner-center.cloud", "germany")
                        .with("order-lookup.deadline", "two\nminutes")
                        .with("order-lookup.rest.host", "0.0.0.0");

        assertThat(configured.message())
                .isEqualTo(
                        """
                        order-lookup cannot start: 4 faults in its settings. (Each key can also be set as an environment variable: order-lookup.request-topic is ORDER_LOOKUP_REQUEST_TOPIC.)
                          partner-center.cloud: germany: Microsoft closed that cloud in October 2021
                              accepted: global, china or us-government
                          partner-center.tenant-id: is missing
                              accepted: the GUID or a domain name (contoso.onmicrosoft.com) of the partner's tenant
                          order-lookup.deadline: "two\\u{A}minutes" is no duration
                              accepted: a duration such as 500ms, 30s, 2m or 1h, from 1ms to 24h
                          order-lookup.rest.api-keys: is missing: with order-lookup.rest.host=0.0.0.0 whoever reaches this machine could look orders up
                              accepted: comma-separated keys, each of at least 8 printable ASCII characters without blanks; none only while the door is bound to loopback\
                        """);
    }

    @ParameterizedTest
    @EnumSource(Key.class)
    void findsAnErrorInAnySettingThatHoldsNonsense(Key key) {
        String nonsense = "\u0000\u202e~ " + "x".repeat(600) + " ,, (";

        List<SettingError> faults = Configured.valid().with(key.text(), nonsense).faults();

        assertThat(faults).anyMatch(error -> error.key().equals(key.text()));
        assertThat(faults)
                .allSatisfy(
                        error ->
                                assertThat(error.key() + error.wrong() + error.accepted())
                                        .matches("\\P{C}{1,1000}"));
    }

    @ParameterizedTest
    @EnumSource(Key.class)
    void showsNoSecretInAnyMessage(Key key) {
        String secret = "hunter2";

        String message =
                Configured.nothing()
                        .with(Key.CLIENT_SECRET.text(), secret + " " + secret)
                        .with(Key.CLIENT_CERTIFICATE.text(), "no-such.p12")
                        .with(Key.CLIENT_CERTIFICATE_PASSWORD.text(), secret)
                        .with(Key.REFRESH_TOKEN.text(), secret + "\n" + secret)
                        .with(Key.REST_API_KEYS.text(), secret + "," + secret + "0123," + secret)
                        .with(Key.REST_TLS_KEYSTORE_PASSWORD.text(), secret)
                        .with(Key.CLIENT_ID.text(), secret)
                        .with(Key.API_URL.text(), "https://user:" + secret + "@host/")
                        .with(Key.LOGIN_URL.text(), "https://host/?key=" + secret)
                        .without(key.text())
                        .message();

        assertThat(message).isNotEmpty().doesNotContain(secret);
    }

    @Test
    void showsNoSecretAsText() {
        Settings settings =
                Configured.valid().with("order-lookup.rest.api-keys", "first-key,other-key").read();

        assertThat(settings.toString())
                .contains("***")
                .doesNotContain(Configured.SECRET, "first-key", "other-key");
    }

    @ParameterizedTest
    @EnumSource(Key.class)
    void takesBlankAsNotSetUnlessThereIsADefaultOrItKeepsSomethingShut(Key key) {
        List<String> faulty = Configured.valid().with(key.text(), " ").faultyKeys();

        boolean allowed =
                key.defaultText(false) == null
                        && !key.isGuarding()
                        && Configured.valid().without(key.text()).faults().isEmpty();
        assertThat(faulty).isEqualTo(allowed ? List.of() : List.of(key.text()));
    }

    @ParameterizedTest
    @EnumSource(Key.class)
    void findsAnErrorInAnySettingWhosePlaceholderCannotBeResolved(Key key) {
        for (String placeholder : List.of("{{env:NOPE}}", "{{?env:NOPE}}", "{{env:?NOPE}}")) {
            List<SettingError> faults = Configured.valid().with(key.text(), placeholder).faults();

            assertThat(faults)
                    .filteredOn(error -> error.key().equals(key.text()))
                    .first()
                    .extracting(SettingError::wrong)
                    .asString()
                    .contains(placeholder);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ab{{cd-secret",
                "ab}}cd-secret",
                "x{{env:NOPE}}",
                "{{a}}{{b}}",
                "{{open-end"
            })
    void takesBracesWithinASecretForText(String text) {
        Settings settings =
                Configured.valid()
                        .with(Key.CLIENT_SECRET.text(), text)
                        .with(Key.REST_API_KEYS.text(), text + ",another-key")
                        .read();

        assertThat(settings.partnerCenter().credential())
                .isEqualTo(new Credential.ClientSecret(new Secret(text)));
        assertThat(settings.rest().apiKeys())
                .containsExactly(new Secret(text), new Secret("another-key"));
    }

    @Test
    void resolvesASecretThatIsAPlaceholderAsAWholeAndNothingWithinIt() {
        Settings settings =
                Configured.valid()
                        .answering("env:SECRET", " of{{the}}environment\n")
                        .with(Key.CLIENT_SECRET.text(), "{{env:SECRET}}")
                        .read();

        assertThat(settings.partnerCenter().credential())
                .isEqualTo(new Credential.ClientSecret(new Secret("of{{the}}environment")));
    }

    @Test
    void doesNotShowASecretThatLooksLikeAPlaceholder() {
        Configured configured = Configured.valid().with(Key.CLIENT_SECRET.text(), "{{hunter2}}");

        assertThat(configured.message())
                .contains("is a placeholder that cannot be resolved")
                .doesNotContain("hunter2");
    }

    @Test
    void resolvesPlaceholdersAnywhereInOtherSettingsOnceAndTakesOpenBracesForText() {
        Settings settings =
                Configured.valid()
                        .answering("stage", "{{no}}")
                        .answering("sys:outer-inner", "x")
                        .answering("in", "inner")
                        .with(Key.GROUP_ID.text(), "a-{{stage}}-{{sys:outer-{{in}}}}-{{b")
                        .read();

        assertThat(settings.kafka().groupId()).isEqualTo("a-{{no}}-x-{{b");
    }

    @ParameterizedTest
    @ValueSource(strings = {" x", "x ", "x\n", "\r\nx\r\n", "\tx"})
    void takesBlanksAndLineEndsAroundAValueForNoPartOfIt(String blanks) {
        Settings settings =
                Configured.valid()
                        .with(Key.CLIENT_SECRET.text(), blanks.replace("x", "of-the-file"))
                        .with(Key.GROUP_ID.text(), blanks.replace("x", "group"))
                        .with(Key.DEADLINE.text(), blanks.replace("x", "3s"))
                        .read();

        assertThat(settings.partnerCenter().credential())
                .isEqualTo(new Credential.ClientSecret(new Secret("of-the-file")));
        assertThat(settings.kafka().groupId()).isEqualTo("group");
        assertThat(settings.lookup().deadline()).isEqualTo(Duration.ofSeconds(3));
    }

    @Property(tries = 300)
    void failsWithNothingButItsOwnException(
            @ForAll String text, @ForAll boolean embedded, @ForAll boolean user) {
        assertThatThrownBy(
                        () ->
                                SettingsReader.read(
                                        key ->
                                                Optional.of(
                                                        user && key.endsWith("auth-mode")
                                                                ? "app-user"
                                                                : text),
                                        Placeholders.NONE,
                                        embedded))
                .isInstanceOf(SettingsException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "camel.management.port         | 9876                    | true",
                "camel.management.port         | 0                       | false",
                "camel.management.port         | abc                     | false",
                "camel.management.host         | localhost               | true",
                "camel.management.host         | a b                     | false",
                "camel.component.kafka.brokers | a:9092, [::1]:9092      | true",
                "camel.component.kafka.brokers | SASL_SSL://a.b-c_d:9092 | true",
                "camel.component.kafka.brokers | a                       | false",
                "camel.component.kafka.brokers | a:9092,                 | false",
                "camel.component.kafka.brokers | a:90920                 | false",
                "camel.component.kafka.brokers | ''                      | false"
            })
    void refusesInItsOwnMainCamelsKeysThatAreMalformed(String key, String text, boolean right) {
        List<SettingError> faults = mainErrors(Map.of(key, text));

        assertThat(faults)
                .extracting(SettingError::key)
                .isEqualTo(right ? List.of() : List.of(key));
    }

    private static List<SettingError> mainErrors(Map<String, String> camel) {
        Map<String, String> texts =
                Map.of(
                        "partner-center.tenant-id", "contoso.onmicrosoft.com",
                        "partner-center.client-id", "2f1d3a4b-0c5e-4d6f-8a7b-9c0d1e2f3a4b",
                        "partner-center.client-secret", Configured.SECRET);
        try {
            SettingsReader.readForMain(
                    Configuration.of(texts, Map.of()),
                    Placeholders.NONE,
                    key -> Optional.ofNullable(camel.get(key)),
                    List.of(),
                    false);
            return List.of();
        } catch (SettingsException e) {
            return e.errors();
        }
    }

    @Test
    void missesNoRefreshTokenWhenAUserIsAboutToSignIn(@TempDir Path directory) {
        Map<String, String> texts =
                Map.of(
                        "partner-center.tenant-id", "contoso.onmicrosoft.com",
                        "partner-center.client-id", "2f1d3a4b-0c5e-4d6f-8a7b-9c0d1e2f3a4b",
                        "partner-center.client-secret", Configured.SECRET,
                        "partner-center.auth-mode", "app-user",
                        "partner-center.token-store", directory.resolve("store").toString());

        assertThat(userErrors(texts, true)).isEmpty();
        assertThat(userErrors(texts, false))
                .extracting(SettingError::key)
                .containsExactly("partner-center.refresh-token");
    }

    private static List<SettingError> userErrors(Map<String, String> texts, boolean signsIn) {
        try {
            SettingsReader.readForMain(
                    Configuration.of(texts, Map.of()),
                    Placeholders.NONE,
                    key -> Optional.empty(),
                    List.of(),
                    signsIn);
            return List.of();
        } catch (SettingsException e) {
            return e.errors();
        }
    }

    @Test
    void comparesSecretsByTheirText() {
        assertThat(new Secret("a")).isEqualTo(new Secret("a")).hasSameHashCodeAs(new Secret("a"));
        assertThat(new Secret("a")).isNotEqualTo(new Secret("b")).isNotEqualTo("a");
        assertThat(new Secret("a")).hasToString("***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"global", "china", "us-government"})
    void writesNoSlashAtTheEndOfAnOrigin(String cloud) {
        PartnerCenterSettings settings =
                Configured.valid().with("partner-center.cloud", cloud).read().partnerCenter();

        assertThat(settings.apiUrl().getPath()).isEmpty();
        assertThat(settings.loginUrl().getPath()).isEmpty();
        assertThat(settings.scope()).isEqualTo(settings.cloud().resource() + "/.default");
    }
}
