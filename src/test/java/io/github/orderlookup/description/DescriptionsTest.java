package io.github.orderlookup.description;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.github.orderlookup.lookup.OrderLookupException;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.order.ClientContext;
import io.github.orderlookup.order.Link;
import io.github.orderlookup.order.Order;
import io.github.orderlookup.order.OrderFiles;
import io.github.orderlookup.order.OrderLineItem;
import io.github.orderlookup.order.OrderLineItemLinks;
import io.github.orderlookup.order.OrderLinks;
import io.github.orderlookup.order.Pricing;
import io.github.orderlookup.order.RenewsTo;
import io.github.orderlookup.order.ResourceAttributes;
import io.github.orderlookup.request.RequestReader;
import io.github.orderlookup.settings.Key;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The descriptions as they lie in the jar, held to the code and to one another. */
class DescriptionsTest {

    private static final Set<ProblemType> ONLY_OVER_KAFKA =
            Set.of(ProblemType.OUTCOME_TOO_LARGE, ProblemType.REPLY_FAILED);
    private static final JsonNode OPENAPI = Schemas.yaml("openapi.yaml");
    private static final JsonNode ASYNCAPI = Schemas.yaml("asyncapi.yaml");

    @ParameterizedTest
    @ValueSource(strings = {"request", "order", "problem"})
    void aSchemaIsOneOfDraft202012WithAnIdOfItsOwn(String name) {
        JsonNode schema = Schemas.json(name + ".schema.json");

        assertThat(
                        JsonSchemaFactory.getInstance(VersionFlag.V202012)
                                .getSchema(SchemaLocation.of(SchemaId.V202012))
                                .validate(schema))
                .isEmpty();
        assertThat(schema.path("$schema").asText()).isEqualTo(SchemaId.V202012);
        assertThat(schema.path("$id").asText())
                .isEqualTo("urn:order-lookup:schema:" + name + ":v1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"request", "order", "problem"})
    void theExamplesOfASchemaAreValid(String name) {
        JsonNode schema = Schemas.json(name + ".schema.json");

        assertThat(schema.path("examples"))
                .isNotEmpty()
                .allSatisfy(
                        example ->
                                assertThat(Schemas.faults(Schemas.compile(schema), example))
                                        .isEmpty());
    }

    static List<Path> orders() {
        return OrderFiles.all();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void everyRecordedOrderIsValid(Path file) {
        byte[] order = OrderFiles.bytes(file);

        assertThatCode(() -> Schemas.checkOrder(order)).doesNotThrowAnyException();
    }

    @Test
    void anOrderOfAnotherTypeIsNot() {
        byte[] order = "{\"lineItems\": [{\"quantity\": \"3\"}]}".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Schemas.checkOrder(order)).hasMessageContaining("quantity");
    }

    /** A view of a part of the Order, and where the schema describes that part. */
    record Part(String pointer, Class<?> view) {}

    static List<Part> parts() {
        return List.of(
                new Part("", Order.class),
                new Part("/$defs/OrderLineItem", OrderLineItem.class),
                new Part("/$defs/Pricing", Pricing.class),
                new Part("/$defs/RenewsTo", RenewsTo.class),
                new Part("/$defs/ClientContext", ClientContext.class),
                new Part("/$defs/OrderLinks", OrderLinks.class),
                new Part("/$defs/OrderLineItemLinks", OrderLineItemLinks.class),
                new Part("/$defs/Link", Link.class),
                new Part("/$defs/ResourceAttributes", ResourceAttributes.class));
    }

    @ParameterizedTest
    @MethodSource("parts")
    void theSchemaOfTheOrderNamesWhatTheAccessorsRead(Part part) {
        JsonNode schema = Schemas.json("order.schema.json").at(part.pointer());

        assertThat(names(schema.path("properties")))
                .isEqualTo(
                        Arrays.stream(part.view().getDeclaredMethods())
                                .filter(DescriptionsTest::isAccessor)
                                .map(Method::getName)
                                .collect(Collectors.toSet()));
    }

    private static boolean isAccessor(Method method) {
        return Modifier.isPublic(method.getModifiers())
                && method.getParameterCount() == 0
                && !method.isSynthetic()
                && !method.getName().equals("toString");
    }

    @Test
    void theSchemaOfTheProblemNamesEveryType() {
        JsonNode types = Schemas.json("problem.schema.json").at("/properties/type/enum");

        assertThat(types)
                .extracting(JsonNode::asText)
                .containsExactly(
                        Arrays.stream(ProblemType.values())
                                .map(ProblemType::urn)
                                .toArray(String[]::new));
    }

    @Test
    void theDescriptionOfTheRestEndpointNamesTheStatusOfEveryType() {
        Set<Integer> statuses =
                Arrays.stream(ProblemType.values())
                        .map(ProblemType::status)
                        .collect(Collectors.toCollection(TreeSet::new));
        statuses.addAll(Set.of(200, 413));

        assertThat(
                        RestContract.statuses()
                                .get("/v1/customers/{customer-tenant-id}/orders/{id-for-order}"))
                .isEqualTo(statuses);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 500, 502, 503, 504})
    void theDescriptionOfTheRestEndpointNamesTheTypesOfEachStatus(int status) {
        JsonNode response =
                OPENAPI.at("/paths/~1v1~1customers~1{customer-tenant-id}~1orders~1{id-for-order}")
                        .at("/get/responses/" + status);
        String reference = response.path("$ref").asText();
        JsonNode whole = reference.isEmpty() ? response : OPENAPI.at(reference.substring(1));

        assertThat(whole.findValue("enum"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ProblemType.values())
                                .filter(type -> type.status() == status)
                                .filter(type -> !ONLY_OVER_KAFKA.contains(type))
                                .map(ProblemType::urn)
                                .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'customerId': '%s', 'orderId': 'a81c04e7f2b9'}",
                "{'customerId': '%s', 'orderId': 'a', 'deadline': '2030-01-31T12:00:00Z'}",
                "{'customerId': '%s', 'orderId': 'a', 'deadline': '2030-01-31T12:00:00.5+01:00'}",
                "{'customerId': '%s', 'orderId': 'a', 'deadline': null}",
                "{'customerId': '%s', 'orderId': 'a', 'more': [1]}",
                "{'customerId': '%s', 'orderId': ''}",
                "{'customerId': '%s', 'orderId': 'a b'}",
                "{'customerId': '%s', 'orderId': 5}",
                "{'customerId': '%s'}",
                "{'orderId': 'a'}",
                "{'customerId': '{%s}', 'orderId': 'a'}",
                "{'customerId': '%s', 'orderId': 'a', 'deadline': 'tomorrow'}",
                "{'customerId': '%s', 'orderId': 'a', 'deadline': 1900000000}",
                "[]",
                "'%s'"
            })
    void theSchemaOfTheRequestAdmitsWhatIsAdmitted(String text) {
        byte[] request =
                text.formatted(CUSTOMER).replace('\'', '"').getBytes(StandardCharsets.UTF_8);

        assertThat(Schemas.faultsOfRequest(request).isEmpty()).isEqualTo(isAdmitted(request));
    }

    private static boolean isAdmitted(byte[] request) {
        try {
            RequestReader.read(request);
            return true;
        } catch (OrderLookupException e) {
            return false;
        }
    }

    @Test
    void theDescriptionOfTheKafkaEndpointNamesTheDefaultTopicsAndGroup() {
        Map<String, String> defaults = Key.defaults(false);

        Map.of(
                        "requests", "order-lookup.request-topic",
                        "results", "order-lookup.results-topic",
                        "errors", "order-lookup.errors-topic")
                .forEach(
                        (channel, key) -> {
                            JsonNode described = ASYNCAPI.path("channels").path(channel);
                            assertThat(described.path("description").asText()).startsWith(key);
                            assertThat(described.path("address").asText())
                                    .isEqualTo(defaults.get(key));
                        });
        assertThat(ASYNCAPI.at("/operations/lookUp/bindings/kafka/groupId/default").asText())
                .isEqualTo(defaults.get("order-lookup.group-id"));
    }

    static Stream<JsonNode> references() {
        return Stream.of(OPENAPI, ASYNCAPI)
                .flatMap(
                        document ->
                                document.findValues("$ref").stream()
                                        .filter(JsonNode::isTextual)
                                        .map(
                                                reference ->
                                                        reference.asText().startsWith("#")
                                                                ? document.at(
                                                                        reference
                                                                                .asText()
                                                                                .substring(1))
                                                                : Schemas.json(
                                                                        reference.asText())));
    }

    @ParameterizedTest
    @MethodSource("references")
    void everyReferenceLeadsSomewhere(JsonNode target) {
        assertThat(target.isObject()).isTrue();
    }

    @Test
    void anAnswerThatIsNotDescribedIsFound() {
        String order = "/v1/customers/" + CUSTOMER + "/orders/a81c04e7f2b9";

        assertThatThrownBy(() -> RestContract.check("GET", order, 418, Map.of(), new byte[0]))
                .hasMessageEndingWith("418 is not described");
        assertThatThrownBy(() -> RestContract.check("GET", order, 200, Map.of(), new byte[0]))
                .hasMessageContaining("described as always there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v1/customers/x/orders/..", "/v1/customers/x/orders/y/z"})
    void anUnknownPathIsNoneOfTheDescription(String target) {
        assertThat(RestContract.path(target)).isNull();
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
