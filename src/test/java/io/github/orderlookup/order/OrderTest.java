package io.github.orderlookup.order;

import static io.github.orderlookup.order.OrderFiles.order;
import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderTest {

    @Test
    void readsTheMembersOfAnOrder() {
        Order order = order(12);

        assertThat(order.id()).hasValue("a81c04e7f2b9");
        assertThat(order.alternateId()).hasValue("a81c04e7f2b9");
        assertThat(order.referenceCustomerId()).hasValue(CUSTOMER);
        assertThat(order.billingCycle()).hasValue(BillingCycle.MONTHLY);
        assertThat(order.transactionType()).hasValue(OrderTransactionType.USER_PURCHASE);
        assertThat(order.currencyCode()).hasValue("EUR");
        assertThat(order.currencySymbol()).hasValue("€");
        assertThat(order.creationDate()).hasValue(new DateTimeText("2022-10-05T14:27:36.1170358Z"));
        assertThat(order.status()).hasValue(OrderStatus.PENDING);
        assertThat(order.totalPrice()).isEmpty();
        assertThat(order.attributes().flatMap(ResourceAttributes::objectType)).hasValue("Order");
        assertThat(order.attributes().flatMap(ResourceAttributes::etag)).isEmpty();
        assertThat(order.links().flatMap(OrderLinks::patchOperation).flatMap(Link::method))
                .hasValue("PATCH");
    }

    @Test
    void readsTheMembersOfALine() {
        OrderLineItem line = order(12).lineItems().get(0);

        assertThat(line.lineItemNumber()).hasValue(0);
        assertThat(line.offerId()).hasValue("KTP0W6Q8M3ZR:0001:KTP0W6Q8V5BN");
        assertThat(line.subscriptionId()).hasValue("d5b3091e-6c7f-4a28-cf14-82a0e96b3d47");
        assertThat(line.parentSubscriptionId()).isEmpty();
        assertThat(line.friendlyName()).hasValue("Flow builder capacity");
        assertThat(line.quantity()).hasValue(1);
        assertThat(line.termDuration()).hasValue(TermDuration.P1M);
        assertThat(line.transactionType()).hasValue(LineItemTransactionType.NEW);
        assertThat(line.partnerIdOnRecord()).hasValue("6120947");
        assertThat(line.additionalPartnerIdsOnRecord()).containsExactly("7305518", "6120947");
        assertThat(line.links().flatMap(OrderLineItemLinks::availability).flatMap(Link::uri))
                .hasValue(
                        "/products/KTP0W6Q8M3ZR/skus/0001/availabilities/KTP0W6Q8V5BN?country=NL");
    }

    @Test
    void readsPromotionRenewalContextAndAttestations() {
        Order order = order(25);
        OrderLineItem line = order.lineItems().get(0);

        assertThat(order.billingCycle()).hasValue(BillingCycle.TRIENNIAL);
        assertThat(order.transactionType()).hasValue(OrderTransactionType.SYSTEM_BILLING);
        assertThat(order.partnerOnRecordAttestationAccepted()).hasValue(true);
        assertThat(line.transactionType()).hasValue(LineItemTransactionType.ADD_QUANTITY);
        assertThat(line.customTermEndDate())
                .hasValue(new DateTimeText("2025-12-31T23:59:59.9999999Z"));
        assertThat(line.promotionId()).hasValue("49C4PZ0PRM77:0001");
        assertThat(line.renewsTo().flatMap(RenewsTo::termDuration)).hasValue(TermDuration.P1Y);
        assertThat(line.provisioningContext())
                .isEqualTo(
                        Map.of(
                                "subscriptionId",
                                "7d20e9f5-b831-4c64-a9fe-03b6d5c8e174",
                                "scope",
                                "shared",
                                "duration",
                                "3Years"));
        assertThat(line.attestationAccepted()).hasValue(true);
        assertThat(line.attributes().flatMap(ResourceAttributes::objectType))
                .hasValue("OrderLineItem");
    }

    @Test
    void readsPricesToTheLastDigit() {
        Order order = order(23);
        Pricing pricing = order.lineItems().get(0).pricing().orElseThrow();
        Pricing free = order.lineItems().get(1).pricing().orElseThrow();

        assertThat(order.totalPrice()).hasValue(new BigDecimal("1234567890123456.789012345"));
        assertThat(pricing.listPrice()).hasValue(new BigDecimal("12.60"));
        assertThat(pricing.discountedPrice()).hasValue(new BigDecimal("11.340"));
        assertThat(pricing.proratedPrice())
                .hasValue(new BigDecimal("10.3957260273972602739726027397"));
        assertThat(pricing.price()).hasValue(new BigDecimal("10.40"));
        assertThat(pricing.extendedPrice()).hasValue(new BigDecimal("2600.00"));
        assertThat(free.listPrice()).hasValue(BigDecimal.ZERO);
        assertThat(free.discountedPrice()).isEmpty();
        assertThat(free.proratedPrice()).isEmpty();
    }

    @Test
    void readsTheClientAndLinksThatOtherOrdersHave() {
        Order legacy = order(6);
        OrderLineItemLinks legacyLinks = legacy.lineItems().get(0).links().orElseThrow();
        ClientContext client = order(10).client().orElseThrow();
        OrderLineItemLinks marketplace = order(22).lineItems().get(0).links().orElseThrow();

        assertThat(legacy.attributes().flatMap(ResourceAttributes::etag)).isPresent();
        assertThat(legacy.links().flatMap(OrderLinks::self)).isPresent();
        assertThat(legacy.links().flatMap(OrderLinks::provisioningStatus)).isEmpty();
        assertThat(legacyLinks.subscription()).isPresent();
        assertThat(legacyLinks.sku()).isPresent();
        assertThat(legacyLinks.provisioningStatus()).isPresent();
        assertThat(client.marketplaceCountry()).hasValue("US");
        assertThat(client.deviceFamily()).hasValue("Storefront-Partner");
        assertThat(client.name()).hasValue("Partner Shop Web");
        assertThat(marketplace.product()).isPresent();
        assertThat(marketplace.activationLinks()).isPresent();
        assertThat(order(13).lineItems().get(1).parentSubscriptionId()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "1, completed, one_time",
        "7, COMPLETED, MONTHLY",
        "11, cancelled, onetime",
        "14, completed, annual",
        "27, awaitingMoonrise, Fortnightly",
        "29, pendingPoUpload, OneTime",
        "31, completed, one_time",
        "32, completed, one_time"
    })
    void comparesStatusAndBillingCycleWithoutCaseAndUnderscores(
            int number, String status, String billingCycle) {
        Order order = order(number);

        assertThat(order.status()).hasValue(OrderStatus.of(status));
        assertThat(order.billingCycle()).hasValue(BillingCycle.of(billingCycle));
    }

    @Test
    void keepsTheTextOfAnUnknownValue() {
        Order order = order(27);

        assertThat(order.status()).map(OrderStatus::text).hasValue("awaiting_moonrise");
        assertThat(order.status()).isNotEqualTo(Optional.of(OrderStatus.UNKNOWN));
        assertThat(order.lineItems().get(0).transactionType())
                .map(LineItemTransactionType::text)
                .hasValue("lend");
        assertThat(order.lineItems().get(0).termDuration().flatMap(TermDuration::toPeriod))
                .hasValue(Period.ofYears(5));
    }

    @Test
    void tellsEmptyFromAbsent() {
        OrderLineItem emptyTerm = order(11).lineItems().get(0);
        Order empties = order(30);

        assertThat(emptyTerm.termDuration()).map(TermDuration::text).hasValue("");
        assertThat(emptyTerm.termDuration().flatMap(TermDuration::toPeriod)).isEmpty();
        assertThat(order(11).links()).isEmpty();
        assertThat(empties.links()).isPresent();
        assertThat(empties.links().flatMap(OrderLinks::self)).isEmpty();
        assertThat(empties.client()).isPresent();
        assertThat(empties.currencyCode()).hasValue("");
        assertThat(empties.status()).map(OrderStatus::text).hasValue("");
        assertThat(empties.lineItems()).isEmpty();
        assertThat(order(21).lineItems().get(2).termDuration()).isEmpty();
        assertThat(order(10).lineItems().get(0).quantity()).hasValue(0);
    }

    static final List<Function<Order, Object>> OF_ORDER =
            List.of(
                    Order::billingCycle,
                    Order::transactionType,
                    Order::currencyCode,
                    Order::status,
                    Order::totalPrice,
                    Order::partnerOnRecordAttestationAccepted,
                    Order::client,
                    Order::links);

    static final List<Function<OrderLineItem, Object>> OF_LINE =
            List.of(
                    OrderLineItem::subscriptionId,
                    OrderLineItem::parentSubscriptionId,
                    OrderLineItem::friendlyName,
                    OrderLineItem::customTermEndDate,
                    OrderLineItem::termDuration,
                    OrderLineItem::transactionType,
                    OrderLineItem::promotionId,
                    OrderLineItem::partnerIdOnRecord,
                    OrderLineItem::attestationAccepted,
                    OrderLineItem::pricing,
                    OrderLineItem::renewsTo,
                    OrderLineItem::attributes);

    @ParameterizedTest
    @FieldSource("OF_ORDER")
    void readsNullsAndUnexpectedTypesAsAbsent(Function<Order, Object> accessor) {
        assertThat(Stream.of(26, 33, 17).map(OrderFiles::order).map(accessor))
                .containsOnly(Optional.empty());
    }

    @ParameterizedTest
    @FieldSource("OF_LINE")
    void readsNullsAndUnexpectedTypesOfALineAsAbsent(Function<OrderLineItem, Object> accessor) {
        assertThat(
                        Stream.of(26, 33)
                                .map(number -> order(number).lineItems())
                                .map(lines -> accessor.apply(lines.get(0))))
                .containsOnly(Optional.empty());
    }

    @Test
    void leavesOutElementsOfUnexpectedTypes() {
        OrderLineItem line = order(33).lineItems().get(0);

        assertThat(order(33).lineItems()).hasSize(1);
        assertThat(order(26).lineItems()).hasSize(1);
        assertThat(order(17).lineItems()).isEmpty();
        assertThat(line.additionalPartnerIdsOnRecord()).containsExactly("1", "3");
        assertThat(line.provisioningContext()).containsExactly(Map.entry("scope", "single"));
        assertThat(line.lineItemNumber()).isEmpty();
        assertThat(line.quantity()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "7, 7",
        "7.0, 7",
        "1e2, 100",
        "2147483647, 2147483647",
        "-2147483648, -2147483648",
        "2147483648,",
        "-2147483649,",
        "1.5,",
        "1e-1,",
        "1e1000000,",
        "1e-1000000,",
        "1e99999999999999999999,",
        "99999999999999999999,"
    })
    @Timeout(5)
    void readsAQuantityThatIsAnInt(String number, Integer expected) throws Exception {
        OrderLineItem line = line("{\"quantity\":" + number + "}");

        assertThat(line.quantity())
                .isEqualTo(expected == null ? OptionalInt.empty() : OptionalInt.of(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e1000000", "-1E+2147483647", "1e-99999", "1e99999999999999999999"})
    @Timeout(5)
    void readsAPriceTooLargeToComputeWithAsAbsent(String number) throws Exception {
        assertThat(read("{\"totalPrice\":" + number + "}").totalPrice()).isEmpty();
    }

    @Test
    @Timeout(10)
    void readsAPriceOfAMillionDigitsAsAbsent() throws Exception {
        Order order = read("{\"totalPrice\":" + "9".repeat(1_000_000) + "}");

        assertThat(order.totalPrice()).isEmpty();
    }

    @Test
    void isEqualToAnOrderWithTheSameDocument() throws Exception {
        Order order = read("{\"id\":\"a\",\"n\":1.0}");

        assertThat(order)
                .isEqualTo(read(" {\"n\" : 1.0, \"id\" : \"\\u0061\"}"))
                .hasSameHashCodeAs(read("{\"n\":1.0,\"id\":\"a\"}"))
                .isNotEqualTo(read("{\"id\":\"a\",\"n\":1.00}"))
                .isNotEqualTo(read("{\"id\":\"a\",\"n\":1}"))
                .isNotEqualTo(read("{\"id\":\"a\"}"))
                .isNotEqualTo(read("{\"id\":\"a\",\"n\":null}"))
                .isNotEqualTo(null);
        assertThat((Object) line("{}")).isNotEqualTo(read("{}"));
    }

    @Test
    void saysItsIdAndNothingElse() throws Exception {
        assertThat(order(4)).hasToString("Order[-4hG9sXw_QaZ7e1RcTvB0yNuMj5KiLo31]");
        assertThat(order(4).lineItems().get(0)).hasToString("OrderLineItem[0]");
        assertThat(order(4).client().orElseThrow()).hasToString("ClientContext");
        assertThat(read("{\"id\":\"a\\nb\"}")).hasToString("Order[]");
        assertThat(read("{}")).hasToString("Order[]");
        assertThat(line("{}")).hasToString("OrderLineItem[]");
    }

    @Test
    void handsOutACopyOfTheDocument() throws Exception {
        Order order = read("{\"id\":\"a\",\"lineItems\":[{\"offerId\":\"b\"}]}");
        ObjectNode copy = (ObjectNode) order.json();

        copy.put("id", "c");
        copy.withArray("lineItems").removeAll();
        ((ObjectNode) order.lineItems().get(0).json()).removeAll();

        assertThat(order).isEqualTo(read("{\"id\":\"a\",\"lineItems\":[{\"offerId\":\"b\"}]}"));
    }

    @Test
    void showsUnknownMembersInTheDocument() {
        JsonNode json = order(27).json();

        assertThat(json.path("Id").textValue()).isEqualTo("another name than id");
        assertThat(json.path("attributes").path("version").intValue()).isEqualTo(12);
    }

    @Test
    void writesAPartOfAnOrderAsItsDocument() throws Exception {
        OrderLineItem line = order(24).lineItems().get(0);

        String written = OrderJson.mapper().writeValueAsString(line);

        assertThat(JsonTokens.of(written)).isEqualTo(JsonTokens.of(line.json().toString()));
    }

    private static Order read(String document) throws Exception {
        return OrderJson.read(document.getBytes(UTF_8));
    }

    private static OrderLineItem line(String document) throws Exception {
        return read("{\"lineItems\":[" + document + "]}").lineItems().get(0);
    }
}
