package io.github.orderlookup.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static io.github.orderlookup.simulator.SampleOrders.ORDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.RestClient;
import io.github.orderlookup.system.RunningService;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The console as people meet it. It takes the pictures in docs as well. */
class ConsoleBrowserIT {

    private static final String KEY = RunningService.API_KEY;

    /** An order that shows what the page can do. */
    private static final String DOCUMENT =
            """
            {"id": "%1$s", "alternateId": "%1$s", "referenceCustomerId": "%2$s", "billingCycle": "monthly",
             "currencyCode": "EUR", "currencySymbol": "€", "totalPrice": 3184.50, "transactionType": "UserPurchase",
             "creationDate": "2026-02-03T10:15:30.1234567Z", "status": "completed",
             "client": {"marketplaceCountry": "NL", "name": "Partner Center Web"},
             "lineItems": [
              {"lineItemNumber": 0, "offerId": "CFQ7TTC0LH18:0001:CFQ7TTC0K5DR", "friendlyName": "Business Premium",
               "subscriptionId": "0f62d8b4-93ea-4c17-85bf-e41d70c9a236", "termDuration": "P1Y", "quantity": 150,
               "transactionType": "New", "partnerIdOnRecord": "4847383",
               "pricing": {"listPrice": 20.60, "discountedPrice": 19.570, "price": 19.57, "extendedPrice": 2935.50},
               "renewsTo": {"termDuration": "P1Y"},
               "links": {"sku": {"uri": "/products/CFQ7TTC0LH18/skus/0001?country=NL", "method": "GET", "headers": []}}},
              {"lineItemNumber": 1, "offerId": "CFQ7TTC0HBS5:0002:CFQ7TTC0JN6K", "friendlyName": "Visio Plan 2",
               "subscriptionId": "5f6e1c12-7a47-4b0c-a2cf-6c7a5b3d9e01", "termDuration": "P1M", "quantity": 15,
               "transactionType": "New",
               "pricing": {"listPrice": 16.60, "price": 16.60, "extendedPrice": 249.00}, "links": {}},
              {"lineItemNumber": 2, "offerId": "CFQ7TTC0LHPM:0009:CFQ7TTC0K7Z2", "friendlyName": "Audio Conferencing",
               "termDuration": "P1M", "quantity": 0, "transactionType": "Cancel",
               "pricing": {"listPrice": 0, "price": 0.00, "extendedPrice": 0.00}, "links": {}}],
             "links": {"self": {"uri": "/customers/%2$s/orders/%1$s", "method": "GET", "headers": []},
              "provisioningStatus": {"uri": "/customers/%2$s/orders/%1$s/provisioningstatus", "method": "GET"},
              "patchOperation": {"uri": "/customers/%2$s/orders/%1$s", "method": "PATCH", "headers": []}},
             "attributes": {"objectType": "Order"}}
            """
                    .formatted(ORDER, CUSTOMER);

    private static Chromium chromium;
    private static RunningService service;

    @BeforeAll
    static void start() {
        chromium = Chromium.start().orElseGet(() -> abort(Chromium.ADVICE));
        service =
                RunningService.builder()
                        .simulator(Simulator.builder().anyOrder())
                        .setting("order-lookup.rest.console", "true")
                        .setting("order-lookup.rest.api-keys", KEY)
                        .setting("order-lookup.max-attempts", "3")
                        .setting("partner-center.include-price", "true")
                        .setting("partner-center.requests-per-minute", "3000")
                        .start();
        service.simulator().alwaysAnswer(ORDER, Answers.json(200, DOCUMENT));
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void showsAnOrderAsAnOrder() {
        try (Visit visit = console()) {
            visit.lookUp(CUSTOMER, ORDER);

            Locator outcome = visit.page().locator("#outcome");
            assertThat(outcome.getByRole(AriaRole.HEADING)).hasText("Order " + ORDER);
            assertThat(outcome.locator(".badge").first()).hasText("completed");
            assertThat(outcome.locator(".facts")).containsText("3184.50 EUR");
            assertThat(outcome.locator(".facts")).containsText("2026-02-03T10:15:30.1234567Z");
            assertThat(outcome.locator(".lines tbody tr")).hasCount(3);
            assertThat(outcome.locator(".lines tbody tr").first()).containsText("Business Premium");
            assertThat(outcome.locator(".lines tbody tr").first()).containsText("2935.50 EUR");
            assertThat(outcome.locator(".lines tbody tr").last()).containsText("line cancelled");
            assertThat(outcome.locator(".trail")).containsText("MS-RequestId");
            assertThat(outcome.locator(".trail div", attempts())).containsText("1");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "order--state, settled, the order is completed",
        "status-error--state, settled, the order has failed and must be placed again",
        "unprovisioned--state, moving, line 0 has no subscription yet",
        "status-odd--state, unknown state, the status of the order is not known: odd"
    })
    void saysWhetherTheOrderIsSettled(String order, String label, String words) {
        try (Visit visit = console()) {
            visit.lookUp(CUSTOMER, order);

            Locator state = visit.page().locator("#outcome .state");
            assertThat(state.locator(".badge")).hasText(label);
            assertThat(state).containsText(words);
        }
    }

    @Test
    void keepsEveryDigitInTheJson() {
        try (Visit visit = console()) {
            visit.lookUp(CUSTOMER, "4e07b9d2c6f1");

            visit.page().getByText("Raw JSON").click();

            assertThat(visit.page().locator("pre"))
                    .containsText("\"totalPrice\": 1234567890123456.789012345");
        }
    }

    @Test
    void tellsWhyALookupFailed() {
        try (Visit visit = console()) {
            visit.lookUp(CUSTOMER, "http-404-20000");

            Locator outcome = visit.page().locator("#outcome");
            assertThat(outcome.getByRole(AriaRole.HEADING)).hasText("The order was not found");
            assertThat(outcome).containsText("retrying will not help");
            assertThat(outcome).containsText("urn:order-lookup:problem:order-not-found");
            assertThat(outcome).containsText("20000");
            assertThat(outcome.locator(".trail div", attempts())).containsText("1");
            visit.checkAccessibility();
        }
    }

    @Test
    void showsThatALookupIsUnderWay() {
        service.simulator().answer("order--slow", Answers.delayed(Duration.ofSeconds(3)));
        try (Visit visit = console()) {
            visit.page().locator("#customer").fill(CUSTOMER);
            visit.page().locator("#order").fill("order--slow");
            visit.page().locator("#go").click();

            assertThat(visit.page().locator("#go")).isDisabled();
            assertThat(visit.page().locator("#go")).hasText("Looking up…");
            assertThat(visit.page().locator("#said")).hasText("Looking up…");
            assertThat(visit.page().locator("#outcome")).containsText("Looking up…");
            assertThat(visit.page().locator("#outcome")).containsText("Order order--slow");
            assertThat(visit.page().locator("#go")).hasText("Look up");
            assertThat(visit.page().locator("#go")).isEnabled();
        }
    }

    @Test
    void tellsOfARequestThatIsNone() {
        try (Visit visit = console()) {
            visit.lookUp("not a tenant/../x", "a b?c");

            assertThat(visit.page().locator("#outcome")).containsText("The request is not valid");
        }
    }

    @Test
    void showsMarkupFromPartnerCenterAsText() {
        String markup = "<img src=x onerror=alert(1)><script>alert(2)</script>";
        String order = "order--markup";
        service.simulator()
                .alwaysAnswer(
                        order,
                        Answers.json(
                                200,
                                """
                                {"id": "%1$s", "status": "%2$s", "creationDate": "%2$s",
                                 "lineItems": [{"friendlyName": "%2$s", "offerId": "%2$s", "%2$s": "%2$s"}, null, 5],
                                 "links": {"self": {"uri": "%2$s"}, "other": null}}
                                """
                                        .formatted(order, markup)));
        try (Visit visit = console()) {
            visit.lookUp(CUSTOMER, order);

            Locator outcome = visit.page().locator("#outcome");
            assertThat(outcome.locator(".lines strong").first()).hasText(markup);
            assertThat(outcome.locator("img, script")).hasCount(0);
        }
    }

    @Test
    void runsNoScriptButItsOwn() {
        try (Visit visit = console()) {
            visit.page()
                    .evaluate(
                            """
                            () => {
                              const script = document.createElement('script');
                              script.textContent = 'window.foreign = true';
                              document.body.append(script);
                              const image = document.createElement('div');
                              image.innerHTML = '<img src="data:," onerror="window.foreign = true">';
                              document.body.append(image);
                            }
                            """);
            visit.passSecond();

            assertThat(visit.page().evaluate("window.foreign")).isNull();
            assertThat(visit.takeComplaints())
                    .isNotEmpty()
                    .allMatch(complaint -> complaint.contains("Content Security Policy"));
        }
    }

    @Test
    void movesTheStatistics() {
        try (Visit visit = console()) {
            Locator found = visit.page().locator("[data-outcome=found] td").first();
            assertThat(found).hasText(Pattern.compile("\\d+"));
            int before = Integer.parseInt(found.textContent());

            visit.lookUp(CUSTOMER, ORDER).page().locator("#go").click();

            assertThat(found).hasText(Integer.toString(before + 2));
            assertThat(visit.page().locator("#rate")).not().hasText("0.0");
            assertThat(visit.page().locator("#gauges")).containsText("Calls in flight");
            assertThat(visit.page().locator("#gauges")).containsText("good for");
        }
    }

    @Test
    void opensAtALookupThatTheAddressNames() {
        try (Visit visit = visit(ColorScheme.LIGHT, 1280, 900)) {
            visit.open("/console#" + CUSTOMER + "/" + ORDER).giveKey(KEY);

            assertThat(visit.page().locator("#outcome h2")).hasText("Order " + ORDER);
        }
    }

    @Test
    void asksForTheKeyAndKeepsItNowhere() {
        try (Visit visit = visit(ColorScheme.LIGHT, 1280, 900)) {
            Page page = visit.open("/console").page();
            assertThat(page.locator("#key-form")).isVisible();
            visit.checkAccessibility();

            visit.giveKey("wrong");
            assertThat(page.getByText("This key was not accepted")).isVisible();
            visit.giveKey(KEY);
            assertThat(page.locator("#key-form")).isHidden();
            assertThat(page.locator("#pulse")).hasText("live");

            assertThat(page.evaluate("JSON.stringify([localStorage, sessionStorage])"))
                    .isEqualTo("[{},{}]");
            assertThat(page.evaluate("document.cookie")).isEqualTo("");
            assertThat(page.content()).doesNotContain(KEY);
            page.reload();
            assertThat(page.locator("#key-form")).isVisible();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "console-light, LIGHT, 1280, 900",
        "console-dark, DARK, 1280, 900",
        "console-narrow, LIGHT, 360, 780"
    })
    void isAccessibleInEveryLook(String name, ColorScheme scheme, int width, int height) {
        try (Visit visit = visit(scheme, width, height)) {
            visit.open("/console").giveKey(KEY);
            beBusyFor(50, visit);
            visit.lookUp(CUSTOMER, ORDER).passSecond();
            assertThat(visit.page().locator("#outcome h2")).hasText("Order " + ORDER);
            assertThat(visit.page().locator("[data-outcome=order-not-found] td").first())
                    .hasText(Pattern.compile("[1-9]"));
            visit.checkWidth().takePicture(name);

            for (Locator summary : visit.page().locator("summary").all()) {
                summary.click();
            }
            visit.checkWidth().checkAccessibility();
        }
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 1280", "DARK, 1280", "LIGHT, 360"})
    void describesTheEndpoint(ColorScheme scheme, int width) {
        try (Visit visit = visit(scheme, width, 900)) {
            visit.open("/console/api").giveKey(KEY);

            Locator operation = visit.page().locator("#operations-orders-getOrder");
            assertThat(operation).containsText("Look an order up");
            operation.locator("button").first().click();
            assertThat(operation).containsText("customer-tenant-id");
            assertThat(visit.page().locator(".errors-wrapper")).hasCount(0);
            visit.checkWidth();
            visit.takePicture("../target/api-" + scheme + width);
            visit.checkAccessibilityByWcag();
        }
    }

    /** Others look orders up meanwhile: now more, now less, and some in vain. */
    private static void beBusyFor(int seconds, Visit visit) {
        RestClient others = new RestClient(service);
        for (int second = 0; second < seconds; second++) {
            long lookups = Math.round(4 + 2.5 * Math.sin(second / 5.0) + Math.cos(second * 1.7));
            for (int i = 0; i < lookups; i++) {
                others.lookUp("order--" + second + "-" + i);
            }
            if (second % 9 == 4) {
                others.lookUp("http-404-20000");
            }
            visit.passSecond();
        }
        others.lookUp("wrong-order");
    }

    private static Locator.LocatorOptions attempts() {
        return new Locator.LocatorOptions().setHasText("Attempts");
    }

    private static Visit console() {
        return visit(ColorScheme.LIGHT, 1280, 900).open("/console").giveKey(KEY);
    }

    private static Visit visit(ColorScheme scheme, int width, int height) {
        return new Visit(chromium.browser(), service.rest(), scheme, width, height);
    }
}
