package io.github.orderlookup.order;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static io.github.orderlookup.simulator.SampleOrders.OTHER_CUSTOMER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OrderMismatchTest {

    private static final String GUID = "2f94d0b1-7c3e-4865-a1fd-60b8e5c2974a";
    private static final String UPPER_GUID = "2F94D0B1-7C3E-4865-A1FD-60B8E5C2974A";

    static List<Path> orders() {
        return OrderFiles.all();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void isThereForNoOrderThatIsAskedByItsOwnIds(Path file) throws Exception {
        Order order = OrderJson.read(OrderFiles.bytes(file));
        String customer = order.referenceCustomerId().orElse(CUSTOMER);

        assertThat(order.mismatch(customer, order.id().orElse("any"))).isEmpty();
        assertThat(order.mismatch(customer, order.alternateId().or(order::id).orElse("any")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                // document; asked order id; the member that names another order
                "{}; a;",
                "{\"id\":\"a\"}; a;",
                "{\"id\":\"a\"}; b; id",
                "{\"id\":\"Ab\"}; aB; id",
                "{\"id\":\"a\",\"alternateId\":\"b\"}; a;",
                "{\"id\":\"a\",\"alternateId\":\"b\"}; b;",
                "{\"id\":\"a\",\"alternateId\":\"b\"}; c; id",
                "{\"alternateId\":\"b\"}; b;",
                "{\"alternateId\":\"b\"}; a; alternateId",
                "{\"id\":null,\"alternateId\":null}; a;",
                "{\"id\":null,\"alternateId\":\"b\"}; a; alternateId",
                "{\"id\":\"\"}; a;",
                "{\"id\":\"a\",\"alternateId\":\"\"}; b; id",
                "{\"id\":7}; 7; id",
                "{\"id\":7,\"alternateId\":\"7\"}; 7;",
                "{\"id\":[\"a\"]}; a; id",
                "{\"alternateId\":{}}; a; alternateId",
                "{\"Id\":\"b\"}; a;",
                "{\"id\":\"" + GUID + "\"}; " + UPPER_GUID + ";",
                "{\"id\":\"" + UPPER_GUID + "\"}; " + GUID + ";",
                "{\"id\":\"{" + GUID + "}\"}; " + GUID + "; id"
            },
            delimiter = ';')
    void namesTheMemberThatNamesAnotherOrder(String document, String orderId, String member)
            throws Exception {
        Optional<String> expected =
                Optional.ofNullable(member).map(name -> name + " names another order");

        assertThat(read(document).mismatch(CUSTOMER, orderId)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "{\"referenceCustomerId\":\"" + CUSTOMER + "\"}; false",
                "{\"referenceCustomerId\":\"4B6C9A0E-5D1F-4E7A-9C3B-2F8D7E610A54\"}; false",
                "{\"referenceCustomerId\":null}; false",
                "{\"referenceCustomerId\":\"\"}; false",
                "{}; false",
                "{\"referenceCustomerId\":\"" + OTHER_CUSTOMER + "\"}; true",
                "{\"referenceCustomerId\":\"<customer>\"}; true",
                "{\"referenceCustomerId\":1}; true",
                "{\"id\":\"a\",\"referenceCustomerId\":\"" + OTHER_CUSTOMER + "\"}; true"
            },
            delimiter = ';')
    void comparesTheCustomer(String document, boolean isAnother) throws Exception {
        assertThat(read(document).mismatch(CUSTOMER, "a"))
                .isEqualTo(
                        isAnother
                                ? Optional.of("referenceCustomerId names another customer")
                                : Optional.empty());
    }

    @Test
    void comparesTheCustomerWithoutCaseWhicheverSideIsUpperCase() {
        assertThat(OrderFiles.order(7).mismatch(CUSTOMER, "b60e7a25-93d1-4c8f-8e04-f27a5d913bc6"))
                .isEmpty();
    }

    private static Order read(String document) throws Exception {
        return OrderJson.read(document.getBytes(UTF_8));
    }
}
