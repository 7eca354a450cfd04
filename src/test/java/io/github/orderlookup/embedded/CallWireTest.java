package io.github.orderlookup.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.order.Order;
import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.simulator.Received;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.simulator.orders.CallHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What a host's settings put on the wire. */
class CallWireTest {

    private static final String CUSTOMER = "C2D94B16-77E0-4A3C-B5F1-8D06E3A29F45";

    @Test
    void sendsNameLocaleAndPriceAsConfigured() {
        try (EmbeddedHost host =
                EmbeddedHost.builder()
                        .setting("partner-center.application-name", "Contoso Billing")
                        .setting("partner-center.locale", "de-DE")
                        .setting("partner-center.include-price", "true")
                        .start()) {
            host.outcome(new OrderLookupRequest(CUSTOMER, "order--AbC_1"));

            assertThat(host.simulator().apiLog().all()).hasSize(1);
            Received call = host.simulator().apiLog().all().get(0);
            assertThat(call.uri())
                    .isEqualTo(
                            "/v1/customers/"
                                    + CUSTOMER
                                    + "/orders/order--AbC_1?include_price=true");
            assertThat(call.header("MS-PartnerCenter-Application")).contains("Contoso Billing");
            assertThat(call.header("X-Locale")).contains("de-DE");
            assertThat(call.headers())
                    .extracting(header -> header.name().toLowerCase(Locale.ROOT))
                    .containsExactlyInAnyOrderElementsOf(
                            CallHeaders.names("ms-partnercenter-application"));
        }
    }

    @Test
    void saysWhatToDoWhenTheLoginHostRefusesTheCredential() {
        try (EmbeddedHost host = EmbeddedHost.start()) {
            host.simulator().alwaysAnswerLogin(Answers.aadsts(7_000_215));

            Problem problem = host.problem("order--refused");

            assertThat(problem.type()).isEqualTo(ProblemType.AUTHENTICATION_FAILED);
            assertThat(problem.detail()).contains("AADSTS7000215");
            assertThat(problem.upstream()).isNull();
            assertThat(new String(problem.toJson(), StandardCharsets.UTF_8))
                    .doesNotContain(
                            Simulator.CLIENT_SECRET, host.simulator().loginUrl().toString());
            assertThat(host.simulator().apiLog().all()).isEmpty();
        }
    }

    @Test
    void isUnavailableWhileTheLoginHostIsDown() {
        try (EmbeddedHost host =
                EmbeddedHost.builder().setting("order-lookup.max-attempts", "1").start()) {
            host.simulator().stopLogin();

            Problem problem = host.problem("order--no-login");

            assertThat(problem.type()).isEqualTo(ProblemType.UPSTREAM_UNAVAILABLE);
            assertThat(host.simulator().apiLog().all()).isEmpty();
        }
    }

    @Test
    void isUnavailableWhileTheApiIsDownAndComesBackByItself() {
        try (EmbeddedHost host =
                EmbeddedHost.builder().setting("order-lookup.max-attempts", "1").start()) {
            host.outcome("order--before");
            host.simulator().stopApi();

            Problem problem = host.problem("order--down");
            host.simulator().startApi();

            assertThat(problem.type()).isEqualTo(ProblemType.UPSTREAM_UNAVAILABLE);
            assertThat(host.outcome("order--back")).isInstanceOf(Order.class);
        }
    }
}
