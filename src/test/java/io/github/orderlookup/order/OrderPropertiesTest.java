package io.github.orderlookup.order;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import net.jqwik.api.arbitraries.StringArbitrary;
import net.jqwik.api.constraints.IntRange;

/** Orders of any content: what goes in comes out, and no accessor fails. */
class OrderPropertiesTest {

    private static final List<String> MEMBERS =
            List.of(
                    "id",
                    "alternateId",
                    "referenceCustomerId",
                    "billingCycle",
                    "lineItems",
                    "currencySymbol",
                    "creationDate",
                    "status",
                    "totalPrice",
                    "client",
                    "links",
                    "attributes",
                    "quantity",
                    "lineItemNumber",
                    "termDuration",
                    "pricing",
                    "price",
                    "provisioningContext",
                    "self",
                    "uri");

    @Property(tries = 500)
    void writesEveryTokenThatWasRead(@ForAll("orders") String document) throws Exception {
        byte[] written = OrderJson.write(OrderJson.read(document.getBytes(UTF_8)));

        assertThat(JsonTokens.of(written)).isEqualTo(JsonTokens.of(document));
        assertThat(OrderJson.write(OrderJson.read(written))).isEqualTo(written);
    }

    @Property(tries = 200)
    void readsBytesWithByteOrderMarkAndTextAlike(@ForAll("orders") String document)
            throws Exception {
        Order order = OrderJson.read(document.getBytes(UTF_8));
        byte[] marked = ("\uFEFF" + document).getBytes(UTF_8);

        assertThat(OrderJson.mapper().readValue(new ByteArrayInputStream(marked), Order.class))
                .isEqualTo(order);
        assertThat(OrderJson.mapper().readValue(document, Order.class)).isEqualTo(order);
    }

    @Property(tries = 500)
    void readsEveryMemberWithoutFailing(@ForAll("orders") String document) throws Exception {
        Order order = OrderJson.read(document.getBytes(UTF_8));

        assertThatCode(() -> readAll(order)).doesNotThrowAnyException();
    }

    @Property(tries = 300)
    void keepsTheTextOfEveryNumber(@ForAll("numbers") String number) throws Exception {
        String document = "{\"totalPrice\":" + number + "}";

        Order order = OrderJson.read(document.getBytes(UTF_8));

        assertThat(OrderJson.write(order)).asString(UTF_8).isEqualTo(document);
        assertThat(order.totalPrice()).isEqualTo(Optional.of(new BigDecimal(number)));
    }

    @Property(tries = 300)
    void keepsTheTextOfEveryDate(@ForAll("dates") String date) throws Exception {
        Order order = OrderJson.read(("{\"creationDate\":\"" + date + "\"}").getBytes(UTF_8));

        assertThat(order.creationDate()).hasValue(new DateTimeText(date));
        assertThat(order.creationDate().flatMap(DateTimeText::toOffsetDateTime)).isPresent();
    }

    @Property(tries = 500)
    void failsInNoOtherWayThanJacksons(@ForAll byte[] anything) {
        try {
            OrderJson.read(anything);
        } catch (JsonProcessingException e) {
            assertThat(e).isNotNull();
        }
    }

    @Property(tries = 300)
    void failsOverDamagedDocumentsInNoOtherWay(
            @ForAll("orders") String document, @ForAll byte damage, @ForAll int where) {
        byte[] damaged = document.getBytes(UTF_8);
        damaged[Math.floorMod(where, damaged.length)] = damage;

        failsInNoOtherWayThanJacksons(damaged);
    }

    @Property(tries = 2_000)
    void takesAndRefusesWhatJacksonTakesAndRefuses(
            @ForAll("orders") String document,
            @ForAll("damages") byte damage,
            @ForAll int where,
            @ForAll @IntRange(min = 0, max = 2) int how) {
        byte[] whole = document.getBytes(UTF_8);
        int place = Math.floorMod(where, whole.length);
        byte[] damaged = Arrays.copyOf(whole, how == 1 ? place : whole.length);
        if (how == 2) {
            damaged[place] = damage;
        }

        assertThat(read(damaged, OrderJson::read)).isEqualTo(read(damaged, this::byJackson));
    }

    private Order byJackson(byte[] document) throws IOException {
        return OrderJson.mapper().readValue(document, Order.class);
    }

    private interface Reading {
        Order of(byte[] document) throws IOException;
    }

    private static Optional<Order> read(byte[] document, Reading reading) {
        try {
            return Optional.of(reading.of(document));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Provide
    Arbitrary<Byte> damages() {
        return Arbitraries.of(
                        '{', '}', '[', ']', '"', '\\', ',', ':', '0', '1', '-', '+', '.', 'e', 'E',
                        'u', 'n', ' ', '\n', '\u0000', '\u007f', '\u0080', '\u00c0', '\u00e0',
                        '\u00ed', '\u00f0', '\u00f4', '\u00ff', '/', 'a')
                .map(c -> (byte) c.charValue());
    }

    private static void readAll(Order order) {
        order.billingCycle().ifPresent(Object::hashCode);
        order.creationDate().ifPresent(DateTimeText::toOffsetDateTime);
        order.status().ifPresent(Object::hashCode);
        order.totalPrice();
        order.client().flatMap(ClientContext::name);
        order.links().flatMap(OrderLinks::self).flatMap(Link::uri);
        order.attributes().flatMap(ResourceAttributes::etag);
        order.mismatch(CUSTOMER, "a");
        order.lineItems().forEach(OrderPropertiesTest::readAll);
        assertThat(order.toString()).hasSizeLessThan(80);
        assertThat(order.json()).isEqualTo(order.json());
    }

    private static void readAll(OrderLineItem line) {
        line.lineItemNumber();
        line.quantity();
        line.termDuration().flatMap(TermDuration::toPeriod);
        line.pricing().flatMap(Pricing::price);
        line.provisioningContext();
        line.additionalPartnerIdsOnRecord();
        assertThat(line.toString()).hasSizeLessThan(80);
    }

    @Provide
    Arbitrary<String> orders() {
        return objects(values());
    }

    /** Any JSON value, as text with white space anywhere. */
    private Arbitrary<String> values() {
        return Arbitraries.recursive(
                this::leaves,
                inner -> Arbitraries.oneOf(leaves(), arrays(inner), objects(inner)),
                0,
                3);
    }

    private Arbitrary<String> leaves() {
        return Arbitraries.oneOf(
                texts(),
                numbers(),
                dates().map(date -> "\"" + date + "\""),
                Arbitraries.of("null", "true", "false", "{}", "[]", "\"\"", "{ }", "[\n]"));
    }

    private Arbitrary<String> arrays(Arbitrary<String> values) {
        return values.list()
                .ofMaxSize(4)
                .map(elements -> elements.stream().collect(Collectors.joining(" ,", "[ ", "]")));
    }

    private Arbitrary<String> objects(Arbitrary<String> values) {
        return Combinators.combine(names(), values)
                .as(Tuple::of)
                .list()
                .uniqueElements(Tuple2::get1)
                .ofMaxSize(8)
                .map(OrderPropertiesTest::object);
    }

    private static String object(List<Tuple2<String, String>> members) {
        return members.stream()
                .map(member -> quoted(member.get1()) + ":\t" + member.get2())
                .collect(Collectors.joining(",\r\n", "{", " }"));
    }

    private Arbitrary<String> names() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.of(MEMBERS)), Tuple.of(1, anyCharacters().ofMaxLength(6)));
    }

    private Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                        anyCharacters().ofMaxLength(12),
                        Arbitraries.of("😀", "a👩‍💻b", "\ud800", "x\udc00y", "\u0000", "\uFEFF"))
                .map(OrderPropertiesTest::quoted);
    }

    private static StringArbitrary anyCharacters() {
        return Arbitraries.strings().all();
    }

    /** A text as JSON writes it: what must be escaped, and halves of surrogate pairs, escaped. */
    private static String quoted(String text) {
        return text.codePoints()
                .mapToObj(
                        c ->
                                c < ' ' || c == '"' || c == '\\' || (c >= 0xD800 && c <= 0xDFFF)
                                        ? "\\u%04x".formatted(c)
                                        : Character.toString(c))
                .collect(Collectors.joining("", "\"", "\""));
    }

    @Provide
    Arbitrary<String> numbers() {
        Arbitrary<String> digits = Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(40);
        Arbitrary<String> integers =
                Arbitraries.oneOf(
                        Arbitraries.just("0"),
                        Combinators.combine(Arbitraries.integers().between(1, 9), digits)
                                .as((first, rest) -> first + rest));
        Arbitrary<String> fractions = digits.map(text -> "." + text).injectNull(0.5);
        Arbitrary<String> exponents =
                Combinators.combine(
                                Arbitraries.of("e", "E", "e+", "E-"),
                                Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(2))
                        .as((sign, text) -> sign + text)
                        .injectNull(0.5);
        return Combinators.combine(Arbitraries.of("", "-"), integers, fractions, exponents)
                .as(
                        (sign, integer, fraction, exponent) ->
                                sign
                                        + integer
                                        + (fraction == null ? "" : fraction)
                                        + (exponent == null ? "" : exponent));
    }

    @Provide
    Arbitrary<String> dates() {
        Arbitrary<String> days =
                Combinators.combine(
                                Arbitraries.integers().between(2015, 2030),
                                Arbitraries.integers().between(1, 12),
                                Arbitraries.integers().between(1, 28))
                        .as("%04d-%02d-%02d"::formatted);
        Arbitrary<String> times =
                Combinators.combine(
                                Arbitraries.integers().between(0, 23),
                                Arbitraries.integers().between(0, 59),
                                Arbitraries.integers().between(0, 59))
                        .as("T%02d:%02d:%02d"::formatted);
        Arbitrary<String> fractions =
                Arbitraries.strings()
                        .numeric()
                        .ofMaxLength(7)
                        .map(digits -> digits.isEmpty() ? "" : "." + digits);
        Arbitrary<String> zones = Arbitraries.of("Z", "+00:00", "-08:00", "-07:00", "+05:30");
        return Combinators.combine(days, times, fractions, zones)
                .as((day, time, fraction, zone) -> day + time + fraction + zone);
    }
}
