package io.github.orderlookup.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonParseException;
import io.github.orderlookup.http.LogCapture;
import io.github.orderlookup.lookup.Lookup;
import io.github.orderlookup.lookup.OrderLookupException;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.lookup.Source;
import io.github.orderlookup.lookup.Upstream;
import io.github.orderlookup.order.Order;
import io.github.orderlookup.order.OrderJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescribeProblemTest {

    private static final String CUSTOMER = "4d3cf487-70f4-4e1e-9ff1-b2bfce8d9f04";
    private static final String CORRELATION_ID = "6b3c2a10-5d4e-4f7a-9b8c-0a1b2c3d4e5f";

    private final DescribeProblem problems = new DescribeProblem();
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @Test
    void handsOnAProblemThatIsKnownWithWhatTheLookupKnows() {
        Lookup lookup = answered();

        Problem problem =
                describe(new OrderLookupException(Problem.of(ProblemType.THROTTLED, "Later.")));

        assertThat(problem)
                .isEqualTo(
                        new Problem(
                                ProblemType.THROTTLED,
                                "Later.",
                                1,
                                CUSTOMER,
                                "o-1",
                                CORRELATION_ID,
                                lookup.requestId().orElseThrow(),
                                null,
                                null));
    }

    @Test
    void saysThatAnAnswerIsUnreadable() {
        answered();

        Problem problem = describe(new JsonParseException(null, "Unexpected character CANARY"));

        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_UPSTREAM_RESPONSE);
        assertThat(problem.upstream()).isEqualTo(new Upstream(200, null, null, null));
        assertThat(problem.detail()).doesNotContain("CANARY");
    }

    @Test
    void takesEverythingElseForADefectOfOurs() {
        answered();
        try (LogCapture log = new LogCapture()) {
            Problem problem = describe(new IllegalStateException("CANARY"));

            assertThat(problem.type()).isEqualTo(ProblemType.INTERNAL_ERROR);
            assertThat(problem.detail()).doesNotContain("CANARY", "IllegalState");
            assertThat(log.lines()).anyMatch(DescribeProblemTest::tellsOfTheDefect);
        }
    }

    @Test
    void takesUnreadableJsonBeforeAnAnswerForADefectOfOurs() {
        lookup();
        try (LogCapture log = new LogCapture()) {
            assertThat(describe(new JsonParseException(null, "CANARY")).type())
                    .isEqualTo(ProblemType.INTERNAL_ERROR);
            assertThat(log.lines()).anyMatch(DescribeProblemTest::tellsOfTheDefect);
        }
    }

    @Test
    void describesAFailureBeforeTheLookupWasOpened() {
        try (LogCapture log = new LogCapture()) {
            Problem problem = describe(new IllegalStateException("CANARY"));

            assertThat(problem.type()).isEqualTo(ProblemType.INTERNAL_ERROR);
            assertThat(log.lines()).anyMatch(DescribeProblemTest::tellsOfTheDefect);
        }
    }

    @Test
    void leavesNoHeaderBesideTheProblem() {
        answered();
        exchange.getMessage().setHeader("Authorization", "Bearer CANARY");

        describe(new OrderLookupException(Problem.of(ProblemType.THROTTLED, "Later.")));

        assertThat(exchange.getMessage().getHeaders()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"o-1\",\"referenceCustomerId\":\"4d3cf487-70f4-4e1e-9ff1-b2bfce8d9f04\"}",
                "{\"id\":\"o-1\",\"referenceCustomerId\":\"4D3CF487-70F4-4E1E-9FF1-B2BFCE8D9F04\"}",
                "{\"id\":\"other\",\"alternateId\":\"o-1\"}",
                "{}"
            })
    void acceptsTheOrderThatWasAskedFor(String json) throws Exception {
        answered();
        exchange.getMessage().setBody(order(json));

        assertThatCode(() -> problems.check(exchange)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"o-2\"}",
                "{\"id\":\"O-1\",\"alternateId\":\"o-2\"}",
                "{\"id\":\"o-1\",\"referenceCustomerId\":\"0c39d6d5-c70d-4c55-bc02-f620844f3fd1\"}"
            })
    void refusesAnotherOrder(String json) throws Exception {
        answered();
        exchange.getMessage().setBody(order(json));

        assertThat(refusal().type()).isEqualTo(ProblemType.INVALID_UPSTREAM_RESPONSE);
    }

    @Test
    void refusesAnAnswerWithoutAnOrder() {
        answered();
        exchange.getMessage().setBody(null);

        assertThat(refusal().type()).isEqualTo(ProblemType.INVALID_UPSTREAM_RESPONSE);
    }

    private Problem refusal() {
        return catchThrowableOfType(OrderLookupException.class, () -> problems.check(exchange))
                .problem();
    }

    private Problem describe(Exception caught) {
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, caught);
        problems.describe(exchange);
        return exchange.getMessage().getBody(Problem.class);
    }

    private Lookup lookup() {
        Lookup lookup = new Lookup(Source.CAMEL, CORRELATION_ID, Instant.EPOCH);
        lookup.ask(new OrderLookupRequest(CUSTOMER, "o-1"), null);
        exchange.setProperty(Lookup.PROPERTY, lookup);
        return lookup;
    }

    private Lookup answered() {
        Lookup lookup = lookup();
        lookup.startAttempt();
        lookup.answer();
        return lookup;
    }

    private static Order order(String json) throws Exception {
        return OrderJson.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean tellsOfTheDefect(String line) {
        return line.startsWith(DescribeProblem.class.getName())
                && line.contains("CANARY")
                && line.contains("\tat ");
    }
}
