package io.github.orderlookup.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.settings.SettingsException.SettingError;
import io.github.orderlookup.settings.source.Configuration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CamelSettingsTest {

    private final DefaultCamelContext context = new DefaultCamelContext();

    @BeforeEach
    void build() {
        context.build();
    }

    @AfterEach
    void close() throws Exception {
        context.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "allow-manual-commit=true",
                "auto-commit-enable=true",
                "autoCommitEnable=true",
                "batching=true",
                "break-on-first-error=true",
                "check-crcs=false",
                "configuration.batching=true",
                "consumers-count=3",
                "enable-idempotence=false",
                "group-id=other",
                "header-deserializer=#bean:x",
                "header-filter-strategy=#bean:x",
                "interceptor-classes=com.example.X",
                "isolation-level=read_uncommitted",
                "kafka-client-factory=#bean:x",
                "key-deserializer=com.example.X",
                "max-poll-interval-ms=100",
                "max-poll-interval-ms=4s",
                "offset-repository=#bean:x",
                "partition-assignor=com.example.X",
                "request-required-acks=1",
                "seek-to=BEGINNING",
                "topic-is-pattern=true",
                "transactional-id=x",
                "value-deserializer=com.example.X",
                "additional-properties[acks]=1",
                "additional-properties[auto.offset.reset]=latest",
                "additional-properties[enable.auto.commit]=true",
                "additional-properties[enable.idempotence]=false",
                "additional-properties[group.id]=other",
                "additional-properties[group.protocol]=consumer",
                "additional-properties[isolation.level]=read_uncommitted",
                "additional-properties[check.crcs]=false",
                "additional-properties.transactional.id=x",
                "additionalProperties[max.poll.interval.ms]=10",
                "additional-properties[request.timeout.ms]=20001",
                "additional-properties[linger.ms]=5001",
                "additional-properties[delivery.timeout.ms]=24999",
                "additional-properties[delivery.timeout.ms]=60001"
            })
    void refusesKafkaOptionsThatVoidAGuarantee(String option) {
        String[] parts = option.split("=", 2);
        String key = "camel.component.kafka." + parts[0];

        assertThat(faults(Map.of(key, parts[1]), Map.of()))
                .singleElement()
                .satisfies(error -> assertThat(error.key()).isEqualTo(key))
                .satisfies(
                        error ->
                                assertThat(error.wrong())
                                        .containsPattern("order-lookup|is too (?:short|long)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client-id=x",
                "security-protocol=SASL_SSL",
                "saslMechanism=PLAIN",
                "ssl-truststore-location=/x",
                "metadata-max-age-ms=60000",
                "max-poll-interval-ms=600000",
                "max-poll-interval-ms=5s",
                "consumers-count=1",
                "check-crcs=true",
                "compression-codec=zstd",
                "linger-ms=5",
                "fetch-max-bytes=1000000",
                "additional-properties[ssl.truststore.certificates]=x",
                "additional-properties[request.timeout.ms]=20000",
                "additional-properties[linger.ms]=5000",
                "additional-properties[delivery.timeout.ms]=25000",
                "additional-properties[delivery.timeout.ms]=60000",
                "additional-properties[metric.reporters]=org.apache.kafka.common.metrics.JmxReporter",
                "additional-properties[com.example.of-a-plug-in]=x"
            })
    void takesTheOtherKafkaOptions(String option) {
        String[] parts = option.split("=", 2);

        assertThat(faults(Map.of("camel.component.kafka." + parts[0], parts[1]), Map.of()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "camel.component.kafka.security-protocl, camel.component.kafka.security-protocol",
        "camel.component.kafka.Brokers, camel.component.kafka.brokers",
        "CAMEL.component.kafka.brokers, camel.component.kafka.brokers",
        "camel.component.kafka.additional-properties[securty.protocol], security.protocol",
        "camel.components.kafka.brokers, camel.component.kafka.brokers",
        "camel.kafka.brokers, camel.component.kafka.brokers",
        "camel.management.prot, camel.management.port",
        "camel.managment.port, camel.management.port",
        "camel.main.nam, camel.main.name",
        "camel.health.exclude-patern, camel.health.exclude-pattern"
    })
    void namesKeysThatAreMistypedWithTheOneThatWasMeant(String mistyped, String meant) {
        assertThat(faults(Map.of(mistyped, "x"), Map.of()))
                .singleElement()
                .extracting(SettingError::key, SettingError::wrong)
                .containsExactly(mistyped, "is no setting; did you mean " + meant + "?");
    }

    @ParameterizedTest
    @CsvSource({
        "CAMEL_COMPONENT_KAFKA_BROKER, CAMEL_COMPONENT_KAFKA_BROKERS",
        "CAMEL_MANAGEMENT_PORTS, CAMEL_MANAGEMENT_PORT",
        "CAMEL_MAIN_NAMES, CAMEL_MAIN_NAME"
    })
    void namesVariablesThatAreMistypedWithTheOneThatWasMeant(String mistyped, String meant) {
        assertThat(
                        faults(
                                Map.of(),
                                Map.of(mistyped, "x", "CAMEL_VERSION", "3", "CAMEL_HOME_X", "/")))
                .singleElement()
                .extracting(SettingError::key, SettingError::wrong)
                .containsExactly(mistyped, "is no setting; did you mean " + meant + "?");
    }

    @ParameterizedTest
    @CsvSource({
        "camel.management.port, abc",
        "camel.management.info-enabled, perhaps",
        "camel.component.kafka.linger-ms, many",
        "camel.main.stream-caching-enabled, perhaps",
        "camel.component.kafka.brokers, {{env:NOPE}}",
        "camel.component.kafka.ssl-truststore-location, {{?env:NOPE}}",
        "camel.component.kafka.ssl-key-password, {{env:NOPE}}",
        "camel.component.kafka.sasl-jaas-config, ' '",
        "camel.component.kafka.ssl-truststore-location, ''",
        "camel.server.host, 0.0.0.0",
        "camel.main.auto-configuration-log-summary, true",
        "camel.main.routes-include-pattern, file:x"
    })
    void refusesValuesThatDoNotFitOrWouldOpenSomething(String key, String value) {
        assertThat(faults(Map.of(key, value), Map.of()))
                .singleElement()
                .extracting(SettingError::key)
                .isEqualTo(key);
    }

    @Test
    void givesCamelReferencesToSecretsAndToTextsWithBraces() {
        Map<String, String> texts = new HashMap<>();
        texts.put("camel.component.kafka.sasl-jaas-config", "x password=\"a{{b\";");
        texts.put("camel.component.kafka.ssl-key-password", "{{env:PASSWORD}}");
        texts.put("camel.component.kafka.client-id", "a{{b");
        texts.put("camel.component.kafka.additional-properties[ssl.keystore.key]", "PEM");
        texts.put("camel.component.kafka.brokers", "{{my.host}}:9092");
        texts.put("my.host", "broker");
        Configuration configuration =
                Configuration.of(texts, Map.of("PASSWORD", "p{{}}w", "CAMEL_MAIN_NAME", "y"));

        CamelSettings settings = settings(configuration);
        PropertiesComponent properties = (PropertiesComponent) context.getPropertiesComponent();
        settings.give(properties);

        assertThat(settings.errors()).isEmpty();
        assertThat(settings.text("camel.component.kafka.brokers")).contains("broker:9092");
        Properties given = properties.getOverrideProperties();
        assertThat(given.getProperty("camel.component.kafka.brokers")).isEqualTo("broker:9092");
        assertThat(given.getProperty("camel.main.name")).isEqualTo("y");
        assertThat(given.stringPropertyNames()).hasSize(6);
        KafkaComponent component = new KafkaComponent();
        for (String key : given.stringPropertyNames()) {
            if (key.startsWith("camel.component.kafka.")) {
                PropertyBindingSupport.build()
                        .withMandatory(true)
                        .bind(
                                context,
                                component.getConfiguration(),
                                new HashMap<>(
                                        Map.of(
                                                key.substring("camel.component.kafka.".length()),
                                                given.getProperty(key))));
            }
        }
        assertThat(component.getConfiguration())
                .extracting(
                        KafkaConfiguration::getSaslJaasConfig,
                        KafkaConfiguration::getSslKeyPassword,
                        KafkaConfiguration::getClientId,
                        KafkaConfiguration::getAdditionalProperties)
                .containsExactly(
                        "x password=\"a{{b\";",
                        "p{{}}w",
                        "a{{b",
                        Map.of("ssl.keystore.key", "PEM"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "security-protocol=FOO",
                "additional-properties[metric.reporters]=com.example.NoSuchReporter",
                "additional-properties[metric.reporters]=java.lang.String",
                "fetch-wait-max-ms=30000",
                "additional-properties[request.timeout.ms]=400",
                "security-protocol=SSL,ssl-truststore-location=/no/such/store",
                "security-protocol=SASL_PLAINTEXT,sasl-mechanism=PLAIN,sasl-jaas-config=nonsense"
            })
    void refusesWhatKafkasClientsWouldNotStartWith(String options) {
        Map<String, String> texts = new HashMap<>();
        for (String option : options.split(",", -1)) {
            String[] parts = option.split("=", 2);
            texts.put("camel.component.kafka." + parts[0], parts[1]);
        }

        assertThat(faults(texts, Map.of()))
                .singleElement()
                .satisfies(error -> assertThat(error.key()).startsWith("camel.component.kafka."))
                .satisfies(error -> assertThat(error.wrong()).contains("Kafka's client refuses"));
    }

    @Test
    void takesAPlaceholderOfAFunctionThatIsNotThereForNoDefault() {
        CamelPlaceholders placeholders =
                new CamelPlaceholders(
                        context.getPropertiesComponent(),
                        Map.of("MY_NAME", "x"),
                        key -> Optional.empty());

        assertThat(placeholders.resolve("hashicorp:secret:x")).isEmpty();
        assertThat(placeholders.resolve("file:/run/secrets/x")).isEmpty();
        assertThat(placeholders.resolve("env:NOPE")).isEmpty();
        assertThat(placeholders.resolve("nope")).isEmpty();
        assertThat(placeholders.resolve("env:NOPE:default")).contains("default");
        assertThat(placeholders.resolve("env:MY_NAME")).contains("x");
        assertThat(placeholders.resolve("env:my.name")).contains("x");
        assertThat(placeholders.resolve("my.key:default")).contains("default");
    }

    @Test
    void doesNotRunInCircles() {
        Configuration configuration =
                Configuration.of(
                        Map.of(
                                "my.a", "{{my.b}}",
                                "my.b", "{{my.a}}",
                                "camel.component.kafka.brokers", "{{my.a}}:1"),
                        Map.of());

        assertThat(settings(configuration).errors()).hasSize(1);
    }

    private List<SettingError> faults(Map<String, String> texts, Map<String, String> variables) {
        return settings(Configuration.of(texts, variables)).errors();
    }

    private CamelSettings settings(Configuration configuration) {
        return new CamelSettings(
                context,
                configuration,
                new CamelPlaceholders(
                        context.getPropertiesComponent(),
                        Map.of("PASSWORD", "p{{}}w"),
                        configuration::readable));
    }
}
