package io.github.orderlookup.system.lifecycle;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.Asker;
import io.github.orderlookup.system.RestClient;
import io.github.orderlookup.system.RunningService;
import io.github.orderlookup.system.Scrape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the packaged jar says at {@code /observe/metrics}, and that the dashboard and the alert
 * rules use nothing else.
 */
class MetricsIT {
    private static final Path OPERATIONS = Path.of("docs", "operations");

    /** Not {@code instance}, which comes from Prometheus, as do the variables of the dashboard. */
    private static final Pattern LABEL = Pattern.compile("(?!instance)(\\b\\w+)=~?\"([^\"$]+)\"");

    private static final String OUTCOMES = "order_lookup_lookups_total";

    private static RunningService service;
    private static Scrape scrape;

    @BeforeAll
    static void lookUpSomeOrders(@TempDir Path directory) throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), Simulator.CLIENT_SECRET);
        service =
                RunningService.builder()
                        .setting("partner-center.requests-per-minute", "6000")
                        .without("partner-center.client-secret")
                        .setting("partner-center.client-secret-file", secret.toString())
                        .setting("partner-center.auth-mode", "app-user")
                        .setting("partner-center.refresh-token", Simulator.REFRESH_TOKEN)
                        .setting("partner-center.token-store", "refresh-token.json")
                        .start();
        RestClient rest = new RestClient(service);
        rest.lookUp("order--1");
        rest.lookUp("order--2");
        rest.lookUp("order--3", "X-API-Key", "a-wrong-key");
        rest.lookUp("throttled-unsaid--1");
        try (Asker asker = new Asker(service)) {
            asker.ask(Asker.request("order--4"));
            asker.ask(Asker.request("http-404--1"));
            asker.ask("{}");
            asker.awaitCommitOfEverything();
        }
        service.process()
                .await(
                        "no request is pending",
                        () -> Scrape.of(service).value("order_lookup_kafka_pending") == 0);
        scrape = Scrape.of(service);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void countsLookupsBySourceAndOutcome() {
        assertThat(scrape.value(OUTCOMES, "source", "rest", "outcome", "found"))
                .as(scrape.text())
                .isGreaterThanOrEqualTo(2);
        assertThat(scrape.value(OUTCOMES, "source", "rest", "outcome", "unauthorized")).isOne();
        assertThat(scrape.value(OUTCOMES, "source", "kafka", "outcome", "found")).isOne();
        assertThat(scrape.value(OUTCOMES, "source", "kafka", "outcome", "order-not-found")).isOne();
        assertThat(scrape.value(OUTCOMES, "source", "kafka", "outcome", "invalid-request")).isOne();
        assertThat(scrape.value(OUTCOMES, "source", "camel")).isZero();
    }

    @Test
    void countsRoutes() {
        assertThat(scrape.value("camel_routes_running")).isGreaterThan(5);
    }

    @Test
    void measuresLookupsAndCallsInHistograms() {
        double calls = service.simulator().apiLog().all().size();

        assertThat(scrape.value("order_lookup_duration_seconds_count", "source", "kafka"))
                .isEqualTo(3);
        assertThat(
                        scrape.value(
                                "order_lookup_duration_seconds_bucket",
                                "source",
                                "kafka",
                                "le",
                                "+Inf"))
                .isEqualTo(3);
        assertThat(scrape.value("order_lookup_upstream_duration_seconds_count")).isEqualTo(calls);
        assertThat(
                        scrape.value(
                                "order_lookup_upstream_duration_seconds_count",
                                "status_class",
                                "4xx"))
                .isGreaterThanOrEqualTo(2);
        assertThat(scrape.value("order_lookup_attempts_sum")).isEqualTo(calls);
    }

    @Test
    void tellsOfTheBudgetAndTheToken() {
        assertThat(scrape.value("order_lookup_budget_limit")).isEqualTo(6000);
        assertThat(scrape.value("order_lookup_budget_rate")).isBetween(1.0, 6000.0);
        assertThat(scrape.value("order_lookup_budget_pauses_total")).isPositive();
        assertThat(scrape.value("order_lookup_calls_in_flight")).isZero();
        assertThat(scrape.value("order_lookup_calls_in_flight_limit")).isEqualTo(256);
        assertThat(scrape.value("order_lookup_token_age_seconds")).isBetween(0.0, 600.0);
        assertThat(scrape.value("order_lookup_token_validity_seconds")).isPositive();
        assertThat(scrape.value("order_lookup_token_failures")).isZero();
        assertThat(scrape.value("order_lookup_refresh_token_validity_seconds") / 86_400)
                .isBetween(89.9, 90.0);
    }

    @Test
    void tellsOfTheBreaker() {
        assertThat(scrape.value("order_lookup_breaker_state", "state", "closed")).isOne();
        assertThat(scrape.value("order_lookup_breaker_state", "state", "open")).isZero();
        assertThat(scrape.value("order_lookup_breaker_state", "state", "half_open")).isZero();
    }

    @Test
    void describesTheKafkaEndpoint() {
        assertThat(scrape.value("order_lookup_kafka_pending")).isZero();
        assertThat(scrape.value("order_lookup_kafka_pending_limit")).isEqualTo(2048);
        assertThat(scrape.value("order_lookup_kafka_lag")).isZero();
        assertThat(scrape.value("order_lookup_kafka_connected")).isOne();
        assertThat(scrape.value("order_lookup_kafka_outcomes_stuck")).isZero();
    }

    @Test
    void namesNoOrderAndNoCustomer() {
        assertThat(scrape.text().toLowerCase(Locale.ROOT))
                .doesNotContain("order--", "http-404--1", CUSTOMER);
        assertThat(scrape.samples()).hasSizeLessThan(600);
    }

    @Test
    void exposesEveryMetricOfTheDashboard() throws IOException {
        JsonNode dashboard =
                new ObjectMapper().readTree(OPERATIONS.resolve("grafana.json").toFile());
        List<String> expressions = dashboard.findValuesAsText("expr");
        List<String> variables =
                dashboard.path("templating").findValues("query").stream()
                        .filter(JsonNode::isObject)
                        .map(query -> query.path("query").asText())
                        .map(query -> query.replaceFirst("^label_values\\((.*),.*$", "$1"))
                        .toList();

        assertThat(expressions).hasSizeGreaterThan(20);
        assertThat(metricsIn(expressions)).isNotEmpty().isSubsetOf(scrape.names());
        assertThat(metricsIn(variables)).isNotEmpty().isSubsetOf(scrape.names());
    }

    @Test
    void exposesEveryMetricOfTheAlertRules() throws IOException {
        List<String> expressions =
                rules().stream().map(rule -> rule.path("expr").asText()).toList();

        assertThat(expressions).hasSizeGreaterThan(10);
        assertThat(metricsIn(expressions)).isNotEmpty().isSubsetOf(scrape.names());
    }

    /** What selects nothing would neither show nor warn, without a complaint of Prometheus. */
    @Test
    void exposesEveryLabelThatTheDashboardAndTheRulesSelectBy() throws IOException {
        String expressions =
                Files.readString(OPERATIONS.resolve("grafana.json")).replace("\\\"", "\"")
                        + Files.readString(OPERATIONS.resolve("alerts.yaml"));
        List<MatchResult> selections =
                Pattern.compile("(\\w+)\\{([^{}]+)}").matcher(expressions).results().toList();

        assertThat(selections).hasSizeGreaterThan(20);
        for (MatchResult selection : selections) {
            for (MatchResult label : LABEL.matcher(selection.group(2)).results().toList()) {
                assertThat(values(selection.group(1), label.group(1)))
                        .as(selection.group())
                        .contains(label.group(2).split("[|]", -1));
            }
        }
    }

    private static List<String> values(String metric, String label) {
        return scrape.samples().stream()
                .filter(sample -> sample.name().equals(metric))
                .map(sample -> sample.labels().getOrDefault(label, "none such"))
                .distinct()
                .toList();
    }

    @Test
    void describesEveryMetricOfOurs() throws IOException {
        String page = Files.readString(OPERATIONS.resolve("observability.md"));
        Set<String> described =
                Pattern.compile("(?m)^\\| `(order_lookup_\\w+)`")
                        .matcher(page)
                        .results()
                        .map(found -> found.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> exposed =
                Pattern.compile("(?m)^# TYPE (order_lookup_\\w+) ")
                        .matcher(scrape.text())
                        .results()
                        .map(found -> found.group(1))
                        .filter(name -> !name.endsWith("_max"))
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(described).isEqualTo(exposed);
    }

    @Test
    void hasARunbookForEveryAlert() throws IOException {
        List<String> headings =
                Files.readAllLines(OPERATIONS.resolve("runbook.md")).stream()
                        .filter(line -> line.startsWith("## "))
                        .map(line -> line.substring(3))
                        .toList();

        assertThat(rules()).extracting(rule -> rule.path("alert").asText()).isEqualTo(headings);
        assertThat(rules())
                .allSatisfy(
                        rule ->
                                assertThat(rule.at("/annotations/runbook").asText())
                                        .isEqualTo(
                                                "runbook.md#"
                                                        + rule.path("alert")
                                                                .asText()
                                                                .toLowerCase(Locale.ROOT)));
    }

    private static List<JsonNode> rules() throws IOException {
        JsonNode file =
                new ObjectMapper(new YAMLFactory())
                        .readTree(OPERATIONS.resolve("alerts.yaml").toFile());
        return StreamSupport.stream(file.at("/groups/0/rules").spliterator(), false).toList();
    }

    /** What is left of PromQL without matchers, durations, label lists, functions and keywords. */
    private static Set<String> metricsIn(List<String> expressions) {
        Set<String> names = new TreeSet<>();
        for (String expression : expressions) {
            String bare =
                    expression
                            .replaceAll("\\{[^}]*}", " ")
                            .replaceAll("\\[[^\\]]*]", " ")
                            .replaceAll("\\b(by|without|on|ignoring)\\s*\\([^)]*\\)", " ")
                            .replaceAll("\\b(and|or|unless|bool)\\b", " ");
            names.addAll(
                    Pattern.compile("\\b[a-zA-Z_:][a-zA-Z0-9_:]*\\b(?!\\s*\\()")
                            .matcher(bare)
                            .results()
                            .map(MatchResult::group)
                            .toList());
        }
        return names;
    }
}
