package io.github.orderlookup.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.github.orderlookup.settings.Key;
import io.github.orderlookup.settings.Settings;
import io.github.orderlookup.settings.reader.CamelKeys;
import io.github.orderlookup.settings.reader.SettingsReader;
import io.github.orderlookup.settings.source.Configuration;
import io.github.orderlookup.settings.source.Placeholders;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Kubernetes manifests: no field that Kubernetes does not know, no setting that we do not. */
class KubernetesManifestsTest {
    private static final String KAFKA = "camel.component.kafka.";
    private static final String SCALED = "keda.sh/v1alpha1/ScaledObject";
    private static final Path FOLDER = Path.of("docs", "operations", "kubernetes");

    /** The limit of Partner Center for a tenant, per minute. */
    private static final int TENANT_LIMIT = 500;

    private static final Map<String, Class<?>> KINDS =
            Map.of(
                    "v1/ServiceAccount", ServiceAccount.class,
                    "v1/ConfigMap", ConfigMap.class,
                    "v1/Service", Service.class,
                    "apps/v1/Deployment", Deployment.class,
                    "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class,
                    "networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class);

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private static final ObjectMapper STRICT =
            JsonMapper.builder()
                    .annotationIntrospector(new WithoutCatchAll())
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .withCoercionConfig(LogicalType.Textual, KubernetesManifestsTest::refuse)
                    .build();

    /** Of KEDA's custom resource the parts that are used: no package ships the whole. */
    private static final JsonSchema SCALED_OBJECT =
            JsonSchemaFactory.getInstance(VersionFlag.V202012)
                    .getSchema(
                            KubernetesManifestsTest.class.getResourceAsStream(
                                    "/operations/scaledobject.schema.json"));

    /** Fabric8's model keeps fields that it does not know; here they are faults. */
    private static final class WithoutCatchAll extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }

        @Override
        public Boolean hasAnyGetter(Annotated annotated) {
            return false;
        }
    }

    @Test
    void holdsNothingThatKubernetesDoesNotTake() throws IOException {
        List<JsonNode> documents = documents();

        assertThat(documents)
                .extracting(KubernetesManifestsTest::kind)
                .containsAll(KINDS.keySet())
                .contains(SCALED);
        for (JsonNode document : documents) {
            check(document);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    Deployment              | /spec/template/spec                       | contaners | []
                    Deployment              | /spec/template/spec/containers/0/volumeMounts/0 | mountPath | 5
                    Deployment              | /spec/template/spec/containers/0          | image     | []
                    NetworkPolicy           | /spec/egress/0/ports/0                    | portt     | 53
                    PodDisruptionBudget     | /spec                                     | minimum   | 1
                    ScaledObject            | /spec                                     | maxCount  | 4
                    ScaledObject            | /spec                                     | maxReplicaCount | `"4"`
                    ScaledObject            | /spec/triggers/0/metadata                 | lagThreshold | 240
                    ScaledObject            | /spec/scaleTargetRef                      | name      | null
                    """)
    void noticesWhatKubernetesWouldRefuse(String kind, String where, String field, String value)
            throws IOException {
        JsonNode document = document(kind);
        ((ObjectNode) document.at(where)).set(field, STRICT.readTree(value));

        assertThatThrownBy(() -> check(document)).hasMessageContaining(field);
    }

    @Test
    void readsTheModeOfAFileAsOctal() throws IOException {
        assertThat(document("Deployment").findValues("defaultMode"))
                .hasSize(2)
                .allSatisfy(mode -> assertThat(mode.asInt()).isEqualTo(0400));
    }

    @Test
    void choosesTheSamePodsEverywhere() throws IOException {
        JsonNode pod = document("Deployment").at("/spec/template/metadata/labels");

        assertThat(pod).isNotEmpty();
        assertThat(document("Deployment").at("/spec/selector/matchLabels")).isEqualTo(pod);
        assertThat(document("Service").at("/spec/selector")).isEqualTo(pod);
        assertThat(document("PodDisruptionBudget").at("/spec/selector/matchLabels")).isEqualTo(pod);
        assertThat(document("NetworkPolicy").at("/spec/podSelector/matchLabels")).isEqualTo(pod);
    }

    @Test
    void letsInToThePortsThatItListensTo() throws IOException {
        Map<String, String> defaults = new HashMap<>(Key.defaults(false));
        defaults.putAll(CamelKeys.DEFAULTS);

        assertThat(document("Deployment").findValuesAsText("containerPort"))
                .containsExactly(
                        defaults.get("order-lookup.rest.port"),
                        defaults.get("camel.management.port"))
                .isEqualTo(document("NetworkPolicy").at("/spec/ingress").findValuesAsText("port"));
    }

    @Test
    void setsNothingThatIsNoSetting() throws IOException {
        Map<String, String> texts = new HashMap<>(settings());
        List<String> variables = variables();
        assertThat(variables).allMatch(name -> known().contains(name));
        // Files are those of the container; here it matters that the keys are known and agree.
        texts.remove("partner-center.client-certificate");
        texts.remove("partner-center.client-certificate-password-file");
        texts.remove("order-lookup.rest.api-keys-file");
        texts.remove("order-lookup.rest.tls-certificate");
        texts.remove("order-lookup.rest.tls-key");
        texts.put("partner-center.client-secret", "in-place-of-the-certificate");
        texts.put("order-lookup.rest.api-keys", "in-place-of-the-file");

        Settings read =
                SettingsReader.readForMain(
                        Configuration.of(texts, Map.of()),
                        Placeholders.NONE,
                        key -> Optional.ofNullable(texts.get(key)),
                        List.of(),
                        false);

        assertThat(read.rest().host()).isEqualTo("0.0.0.0");
    }

    /** The names that the documented settings have as environment variables. */
    private static List<String> known() {
        try (Stream<String> lines = Files.lines(Path.of("application.properties"))) {
            return lines.map(line -> line.replaceFirst("^#", ""))
                    .filter(line -> line.matches("[a-z.-]+=.*"))
                    .map(line -> line.replaceFirst("=.*", ""))
                    .map(key -> key.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void namesOptionsThatCamelsKafkaComponentHas() throws IOException {
        List<String> setters =
                Arrays.stream(KafkaConfiguration.class.getMethods())
                        .map(method -> method.getName().toLowerCase(Locale.ROOT))
                        .toList();

        assertThat(settings().keySet())
                .filteredOn(key -> key.startsWith(KAFKA))
                .hasSizeGreaterThan(2)
                .allSatisfy(
                        key ->
                                assertThat(setters)
                                        .contains(
                                                "set"
                                                        + key.substring(KAFKA.length())
                                                                .replace("-", "")));
    }

    @Test
    void mountsEveryFileThatASettingNames() throws IOException {
        Deployment deployment = deployment();
        List<String> mounts =
                deployment
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getVolumeMounts()
                        .stream()
                        .map(mount -> mount.getMountPath() + "/")
                        .toList();

        assertThat(settings().values())
                .filteredOn(value -> value.startsWith("/"))
                .hasSizeGreaterThan(2)
                .allSatisfy(file -> assertThat(mounts).anyMatch(file::startsWith));
    }

    @Test
    void letsNoContainerBecomeRootOrWriteToItsImage() throws IOException {
        Deployment deployment = deployment();
        var pod = deployment.getSpec().getTemplate().getSpec();
        var container = pod.getContainers().get(0).getSecurityContext();

        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(container.getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThanOrEqualTo(30);
    }

    @Test
    void scalesNoFurtherThanTheBudgetOfTheTenantFeeds() throws IOException {
        JsonNode scaled = document("ScaledObject").path("spec");
        int each = Integer.parseInt(settings().get("partner-center.requests-per-minute"));
        JsonNode trigger = scaled.at("/triggers/0/metadata");

        assertThat(scaled.path("maxReplicaCount").asInt() * each)
                .isLessThanOrEqualTo(TENANT_LIMIT)
                .isGreaterThan(TENANT_LIMIT - each);
        assertThat(trigger.path("topic").asText())
                .isEqualTo(Key.defaults(false).get("order-lookup.request-topic"));
        assertThat(trigger.path("consumerGroup").asText())
                .isEqualTo(Key.defaults(false).get("order-lookup.group-id"));
        assertThat(trigger.path("bootstrapServers").asText())
                .isEqualTo(settings().get("camel.component.kafka.brokers"));
        assertThat(scaled.at("/scaleTargetRef/name"))
                .isEqualTo(document("Deployment").at("/metadata/name"));
    }

    private static void refuse(MutableCoercionConfig coercion) {
        for (CoercionInputShape shape :
                List.of(
                        CoercionInputShape.Integer,
                        CoercionInputShape.Float,
                        CoercionInputShape.Boolean)) {
            coercion.setCoercion(shape, CoercionAction.Fail);
        }
    }

    private static void check(JsonNode document) throws IOException {
        String kind = kind(document);
        if (kind.equals(SCALED)) {
            assertThat(SCALED_OBJECT.validate(document)).isEmpty();
        } else {
            assertThat(KINDS).containsKey(kind);
            assertThat(STRICT.treeToValue(document, KINDS.get(kind))).isNotNull();
        }
    }

    private static String kind(JsonNode document) {
        return document.path("apiVersion").asText() + "/" + document.path("kind").asText();
    }

    private static Deployment deployment() throws IOException {
        return STRICT.treeToValue(document("Deployment"), Deployment.class);
    }

    private static Map<String, String> settings() throws IOException {
        Properties properties = new Properties();
        properties.load(
                new StringReader(
                        document("ConfigMap").at("/data/application.properties").asText()));
        Map<String, String> texts = new HashMap<>();
        properties
                .stringPropertyNames()
                .forEach(key -> texts.put(key, properties.getProperty(key)));
        return texts;
    }

    private static List<String> variables() throws IOException {
        List<String> names = new ArrayList<>();
        document("Deployment")
                .at("/spec/template/spec/containers/0/env")
                .forEach(variable -> names.add(variable.path("name").asText()));
        return names;
    }

    private static JsonNode document(String kind) throws IOException {
        return documents().stream()
                .filter(document -> document.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> documents() throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.sorted().toList()) {
                YAML.readerFor(JsonNode.class)
                        .<JsonNode>readValues(file.toFile())
                        .forEachRemaining(documents::add);
            }
        }
        return documents;
    }
}
