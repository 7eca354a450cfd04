package io.github.orderlookup.settings.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.github.orderlookup.settings.Key;
import io.github.orderlookup.settings.SettingsException;
import io.github.orderlookup.settings.SettingsException.SettingError;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {

    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF"})
    void readsTheFileAsUtf8WithAndWithoutAByteOrderMark(String mark) throws IOException {
        Configuration configuration =
                read(
                        mark
                                + "my.first=grün \\u20ac\r\n"
                                + "my.second : \\\n"
                                + "   two\n"
                                + "#my.third=x\n"
                                + "my.fourth");

        assertThat(configuration.text("my.first")).contains("grün €");
        assertThat(configuration.text("my.second")).contains("two");
        assertThat(configuration.text("my.third")).isEmpty();
        assertThat(configuration.text("my.fourth")).contains("");
        assertThat(configuration.errors()).isEmpty();
    }

    @Test
    void prefersTheEnvironmentToSystemPropertiesAndTheseToTheFile() throws IOException {
        Files.writeString(file(), "my.a=1\nmy.b=1\nmy.c=1 \n");
        Properties system = new Properties();
        system.setProperty("my.a", "2");
        system.setProperty("my.b", "2\n");

        Configuration configuration = Configuration.read(file(), system, Map.of("MY_A", " 3\n"));

        assertThat(configuration.text("my.a")).contains("3");
        assertThat(configuration.text("my.b")).contains("2");
        assertThat(configuration.text("my.c")).contains("1");
    }

    @Test
    void findsVariablesInAnyLocale() {
        Locale usual = Locale.getDefault();
        try {
            Locale.setDefault(new Locale("tr", "TR"));
            Configuration configuration =
                    Configuration.of(Map.of(), Map.of("PARTNER_CENTER_CLIENT_ID", "x"));

            assertThat(configuration.text("partner-center.client-id")).contains("x");
            assertThat(configuration.errors()).isEmpty();
        } finally {
            Locale.setDefault(usual);
        }
    }

    @Test
    void sayNothingWhereThereIsNoFile() {
        Configuration configuration = Configuration.read(file(), new Properties(), Map.of());

        assertThat(configuration.text("order-lookup.group-id")).isEmpty();
    }

    @Test
    void refusesAFileThatIsADirectory() throws IOException {
        Files.createDirectory(file());

        assertThatItIsRefused("is a directory");
    }

    @Test
    void refusesAFileThatIsALinkToNowhere() throws IOException {
        Files.createSymbolicLink(file(), directory.resolve("nowhere"));

        assertThatItIsRefused("is a link to a file that is not there");
    }

    private void assertThatItIsRefused(String reason) {
        assertThatThrownBy(() -> Configuration.read(file(), new Properties(), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("application.properties: ")
                .hasMessageContaining(reason);
    }

    @Test
    void namesTheLineOfABrokenEscapeAndReadsTheRest() throws IOException {
        Configuration configuration = read("my.a=1\nmy.b=C:\\\\users\nmy.c=C:\\users\\x\nmy.d=4\n");

        assertThat(configuration.errors())
                .singleElement()
                .extracting(SettingError::key, SettingError::wrong)
                .containsExactly(
                        "application.properties line 3",
                        "\"my.c\" holds a \"\\u\" that is not followed by four hexadecimal digits");
        assertThat(configuration.text("my.b")).contains("C:\\users");
        assertThat(configuration.text("my.d")).contains("4");
        assertThatThrownBy(() -> configuration.text("my.c")).isInstanceOf(RuntimeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "windows-1252", "UTF-16"})
    void namesTheLineThatIsNoUtf8(String charset) throws IOException {
        Files.write(file(), "my.a=1\nmy.b=grün\n".getBytes(Charset.forName(charset)));

        Configuration configuration = Configuration.read(file(), new Properties(), Map.of());

        assertThat(configuration.errors())
                .isNotEmpty()
                .extracting(SettingError::wrong)
                .anyMatch(wrong -> wrong.endsWith("holds bytes that are no UTF-8"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "order-lookup.group-id          | order-lookup.group-id",
                "my.own                         | my.own",
                "camel.component.kafka.ssl-protocol | camel.component.kafka.sslProtocol"
            })
    void refusesAKeyThatIsGivenTwice(String first, String second) throws IOException {
        Configuration configuration = read("# x\n" + first + "=a\n\n" + second + "=a\n");

        assertThat(configuration.errors())
                .singleElement()
                .extracting(SettingError::key, SettingError::wrong)
                .containsExactly(first, "is set more than once in the file, on lines 2, 4");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "order-lookup.request-topics | order-lookup.request-topic",
                "order-lookup.requestTopic   | order-lookup.request-topic",
                "partner-center.clientId     | partner-center.client-id",
                "Partner-Center.client-id    | partner-center.client-id",
                "PARTNER-CENTER.CLIENT-ID    | partner-center.client-id",
                "partner_center.client_id    | partner-center.client-id",
                "partner-centre.client-id    | partner-center.client-id",
                "partnercenter.client-id     | partner-center.client-id",
                "order-lookups.group-id      | order-lookup.group-id",
                "orderlookup.group-id        | order-lookup.group-id",
                "ORDER_LOOKUP_GROUP_ID       | order-lookup.group-id"
            })
    void namesKeysThatAreMistypedWithTheOneThatWasMeant(String mistyped, String meant)
            throws IOException {
        Properties system = new Properties();
        system.setProperty(mistyped, "x");

        for (Configuration configuration :
                List.of(
                        read(mistyped + "=x\n"),
                        Configuration.read(directory.resolve("none"), system, Map.of()))) {
            assertThat(configuration.errors())
                    .singleElement()
                    .satisfies(error -> assertThat(error.key()).isEqualTo(mistyped))
                    .satisfies(
                            error ->
                                    assertThat(error.wrong())
                                            .endsWith("did you mean " + meant + "?"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ORDER_LOOKUP_GROUPID, ORDER_LOOKUP_GROUP_ID",
        "order_lookup_group_id, ORDER_LOOKUP_GROUP_ID",
        "order-lookup.group-id, ORDER_LOOKUP_GROUP_ID",
        "PARTNER_CENTER_CLIENTSECRET, PARTNER_CENTER_CLIENT_SECRET",
        "ORDER_LOOKUP_PORT, ORDER_LOOKUP_REST_PORT"
    })
    void namesVariablesThatAreMistypedWithTheOneThatWasMeant(String mistyped, String meant) {
        assertThat(Configuration.of(Map.of(), Map.of(mistyped, "8080", "PATH", "/")).errors())
                .containsExactly(
                        new SettingError(
                                mistyped,
                                "is no setting; did you mean " + meant + "?",
                                "the keys of the documentation"));
    }

    @Test
    void knowsEveryKeyOfItsOwnAndNothingOfOthers() {
        Map<String, String> keys =
                Arrays.stream(Key.values()).collect(Collectors.toMap(Key::text, key -> "x"));
        Map<String, String> variables =
                keys.keySet().stream().collect(Collectors.toMap(Names::variable, key -> "x"));
        Map<String, String> others = Map.of("java.home", "x", "my.order.lookup", "x", "a", "b");

        assertThat(Configuration.of(keys, variables).errors()).isEmpty();
        assertThat(Configuration.of(others, Map.of("HOME", "/", "ORDERS", "x")).errors()).isEmpty();
    }

    @Test
    void passesOverWhatKubernetesTellsOfServices() {
        Map<String, String> variables =
                Map.ofEntries(
                        Map.entry("ORDER_LOOKUP_SERVICE_HOST", "10.43.1.2"),
                        Map.entry("ORDER_LOOKUP_SERVICE_PORT", "8080"),
                        Map.entry("ORDER_LOOKUP_SERVICE_PORT_HTTP", "8080"),
                        Map.entry("ORDER_LOOKUP_PORT", "tcp://10.43.1.2:8080"),
                        Map.entry("ORDER_LOOKUP_PORT_8080_TCP", "tcp://10.43.1.2:8080"),
                        Map.entry("ORDER_LOOKUP_PORT_8080_TCP_ADDR", "10.43.1.2"),
                        Map.entry("ORDER_LOOKUP_PORT_8080_TCP_PORT", "8080"),
                        Map.entry("ORDER_LOOKUP_PORT_8080_TCP_PROTO", "tcp"),
                        Map.entry("ORDER_LOOKUP_REST_SERVICE_HOST", "10.43.1.3"),
                        Map.entry("ORDER_LOOKUP_REST_PORT", "tcp://[fd00::1]:8080"),
                        Map.entry("PARTNER_CENTER_PORT", "udp://10.43.1.4:53"),
                        Map.entry("CAMEL_MANAGEMENT_PORT", "tcp://10.43.1.5:9876"));
        Configuration configuration =
                Configuration.of(Map.of("order-lookup.rest.port", "8081"), variables);

        assertThat(configuration.errors()).isEmpty();
        assertThat(configuration.text("order-lookup.rest.port")).contains("8081");
        assertThat(configuration.camel()).isEmpty();
    }

    @Test
    void takesTheSpellingsOfOneOptionOfCamelForTheSame() throws IOException {
        Files.writeString(
                file(),
                "camel.component.kafka.saslMechanism=1\n"
                        + "camel.component.kafka.additional-properties[ssl.x-Y]=2\n");
        Properties system = new Properties();
        system.setProperty("camel.component.kafka.sasl-mechanism", "3");

        Configuration configuration =
                Configuration.read(
                        file(),
                        system,
                        Map.of(
                                "CAMEL_COMPONENT_KAFKA_SASL_MECHANISM", "4",
                                "CAMEL_MANAGEMENT_PORT", "5",
                                "CAMEL_COMPONENT_OTHER_X", "6"));

        assertThat(configuration.camel())
                .extracting(CamelText::bare, CamelText::value)
                .containsExactlyInAnyOrder(
                        tuple("camel.component.kafka.saslmechanism", "4"),
                        tuple("camel.component.kafka.additionalproperties.ssl.x-Y", "2"),
                        tuple("camel.management.port", "5"));
    }

    private Configuration read(String content) throws IOException {
        Files.write(file(), content.getBytes(StandardCharsets.UTF_8));
        return Configuration.read(file(), new Properties(), Map.of());
    }

    private Path file() {
        return directory.resolve("application.properties");
    }
}
