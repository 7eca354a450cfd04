package io.github.orderlookup.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.orderlookup.cli.SettingsAsTexts;
import io.github.orderlookup.cli.check.finding.Finding;
import io.github.orderlookup.cli.check.finding.Finding.Mark;
import io.github.orderlookup.cli.check.network.Pki;
import io.github.orderlookup.simulator.Answers;
import io.github.orderlookup.simulator.Received;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.simulator.login.FederatedIssuer;
import io.github.orderlookup.simulator.login.PartnerUser.Methods;
import io.github.orderlookup.simulator.orders.CallHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check against a simulator that is in good health, or is not. */
class CheckTest {

    @TempDir private Path directory;
    private final Map<String, String> texts = new LinkedHashMap<>();
    private Clock clock = Clock.systemUTC();
    private Simulator simulator;

    @BeforeEach
    void start() {
        simulator = Simulator.builder().http().start();
        texts.put("partner-center.api-url", simulator.apiUrl().toString());
        texts.put("partner-center.login-url", simulator.loginUrl().toString());
        texts.put("partner-center.tenant-id", Simulator.TENANT_ID);
        texts.put("partner-center.client-id", Simulator.CLIENT_ID);
        texts.put("partner-center.client-secret", Simulator.CLIENT_SECRET);
        texts.put("order-lookup.kafka.enabled", "false");
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void findsNothingWrongWhereNothingIs() {
        Report report = check();

        assertThat(report.findings()).extracting(Finding::mark).containsOnly(Mark.OK, Mark.SKIPPED);
        assertThat(report.isOk()).isTrue();
        assertThat(text(report, "token")).startsWith("issued, app-only, expires at");
        assertThat(text(report, "token audience")).isEqualTo(Simulator.RESOURCE);
        assertThat(text(report, "API answers")).startsWith("HTTP 404, code 60003: no such order");
        assertThat(text(report, "clock, API")).startsWith("our clock is 0 s");
    }

    @Test
    void sendsTheHeadersThatTheServiceSends() {
        texts.put("partner-center.application-name", "Contoso Billing");
        texts.put("partner-center.include-price", "true");

        check();

        Received call = simulator.apiLog().all().get(0);
        assertThat(call.headers())
                .extracting(header -> header.name().toLowerCase(Locale.ROOT))
                .containsExactlyInAnyOrderElementsOf(
                        CallHeaders.names("ms-partnercenter-application"));
        assertThat(call.header("Accept")).contains("application/json");
        assertThat(call.header("MS-Contract-Version")).contains("v1");
        assertThat(call.uri()).endsWith("?include_price=true");
    }

    @Test
    void makesOneTokenRequestAndOneCallForAnOrderOfNobody() {
        check();

        assertThat(simulator.loginLog().matching(request -> request.method().equals("POST")))
                .hasSize(1);
        assertThat(simulator.apiLog().all())
                .singleElement()
                .satisfies(
                        call ->
                                assertThat(call.path())
                                        .isEqualTo(
                                                "/v1/customers/"
                                                        + "00000000-0000-0000-0000-000000000000"
                                                        + "/orders/order-lookup-check"));
    }

    @Test
    void findsAGatewayThatKnowsNoSuchRoute() {
        simulator.alwaysAnswerAll(
                Answers.json(404, "{\"statusCode\":404,\"message\":\"Resource not found\"}"));

        Report report = check();

        assertThat(report.isOk()).isFalse();
        assertThat(text(report, "API answers"))
                .contains("404", "did not come from the order service");
        assertThat(remedy(report, "API answers")).contains("partner-center.api-url");
    }

    @Test
    void saysWhatIsWrongWithTheSecretAndGoesNoFurther() {
        texts.put("partner-center.client-secret", "another-secret-altogether");

        Report report = check();

        assertThat(report.isOk()).isFalse();
        assertThat(text(report, "token")).contains("client secret is wrong", "AADSTS7000215");
        assertThat(text(report, "API answers")).isEqualTo("There is no token.");
        assertThat(simulator.apiLog().all()).isEmpty();
        assertThat(report.text()).doesNotContain("another-secret-altogether");
    }

    @Test
    void showsTheClaimsOfAUserAndNeverATokenOrASecret() throws IOException {
        Path store = signInAsUser();

        Report report = check();

        assertThat(report.isOk()).isTrue();
        assertThat(text(report, "token")).contains("app-user");
        assertThat(text(report, "token scopes")).isEqualTo("user_impersonation");
        assertThat(text(report, "token MFA")).isEqualTo("amr: pwd, mfa");
        String stored = new ObjectMapper().readTree(store.toFile()).path("refreshToken").asText();
        assertThat(stored).isNotEqualTo(Simulator.REFRESH_TOKEN).isNotEmpty();
        String access = simulator.apiLog().all().get(0).bearer().orElseThrow();
        assertThat(report.text() + report.json())
                .doesNotContain(stored, access, Simulator.REFRESH_TOKEN, Simulator.CLIENT_SECRET);
    }

    @Test
    void findsATokenWithoutASecondFactor() throws IOException {
        signInAsUser();
        simulator.secondFactor(false);

        Report report = check();

        assertThat(report.isOk()).isFalse();
        assertThat(text(report, "token MFA")).contains("second factor", "pwd");
        assertThat(remedy(report, "token MFA")).contains("order-lookup.jar sign-in");
    }

    @Test
    void notesATokenThatDoesNotSayHowItsUserSignedIn() throws IOException {
        signInAsUser();
        simulator.user().methods(Methods.UNTOLD);

        Report report = check();

        assertThat(report.isOk()).isTrue();
        assertThat(finding(report, "token MFA").mark()).isEqualTo(Mark.NOTE);
        assertThat(text(report, "token MFA")).contains("cannot be told");
    }

    @ParameterizedTest
    @CsvSource({
        "10, OK,    ends on",
        "59, OK,    ends on",
        "61, NOTE,  it was not used for weeks",
        "91, FAULT, ended on",
    })
    void tellsThirtyDaysAheadThatTheStoredRefreshTokenEnds(int days, Mark mark, String words)
            throws IOException {
        Path store = signInAsUser();
        Instant saved = clock.instant().minus(Duration.ofDays(days));
        Files.writeString(
                store, "{\"refreshToken\":\"of-that-day\",\"savedAt\":\"" + saved + "\"}");
        Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rw-------"));

        Report report = check();

        assertThat(text(report, "refresh token")).contains(words);
        assertThat(finding(report, "refresh token").mark()).isEqualTo(mark);
    }

    @Test
    void findsATokenStoreThatOthersMayRead() throws IOException {
        Path store = signInAsUser();
        check();
        Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rw-r-----"));

        Report report = check();

        assertThat(text(report, "token store")).endsWith("has the mode rw-r-----");
        assertThat(remedy(report, "token store")).isEqualTo("chmod 600 " + store);
    }

    @Test
    void findsARetiredAudience() {
        texts.put("partner-center.scope", Simulator.RETIRED_RESOURCE + "/.default");

        Report report = check();

        assertThat(text(report, "token audience")).contains("retired");
        assertThat(text(report, "API answers")).contains("HTTP 401, code 900420");
        assertThat(report.isOk()).isFalse();
    }

    @Test
    void findsAClockThatIsTenMinutesOff() {
        clock = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(10));

        Report report = check();

        assertThat(text(report, "clock, login host"))
                .matches("our clock is (599|600|601) s ahead.*");
        assertThat(text(report, "clock, API")).endsWith("ahead of it");
        assertThat(report.isOk()).isFalse();
    }

    @Test
    void findsABrokerWithoutAnAddress() {
        texts.put("order-lookup.kafka.enabled", "true");
        texts.put("camel.component.kafka.brokers", "broker.invalid:9092");

        Report report = check();

        assertThat(fault(report, "dns brokers").text())
                .isEqualTo("No address is known for broker.invalid.");
        assertThat(text(report, "kafka brokers")).isEqualTo("No broker has an address.");
    }

    @Test
    void findsThatSomethingElseAnswers() {
        simulator.alwaysAnswerAll(Answers.html(404));

        assertThat(fault(check(), "API answers").text()).startsWith("HTTP 404");
    }

    @Test
    void notesThatWeAreThrottled() {
        simulator.alwaysAnswerAll(Answers.throttled(30));

        Report report = check();

        assertThat(text(report, "API answers")).startsWith("HTTP 429");
        assertThat(report.isOk()).isTrue();
    }

    @Test
    void findsTheCertificateOfTheRestEndpointThatRanOut() {
        Path expired = new Pki(directory).signed("door", "dns:localhost", "-20d", 10);
        texts.put("order-lookup.rest.tls-keystore", expired.toString());
        texts.put("order-lookup.rest.tls-keystore-password", "changeit");

        assertThat(fault(check(), "tls REST door").text()).contains("CN=door", "ran out on");
    }

    @Test
    void findsTheCertificateOfTheApplicationThatRanOut() {
        Path expired = new Pki(directory).signedRsa("application", "-20d", 10);
        texts.remove("partner-center.client-secret");
        texts.put("partner-center.client-certificate", expired.toString());
        texts.put("partner-center.client-certificate-password", "changeit");

        Report report = check();

        assertThat(report.settingsAreWrong()).isTrue();
        assertThat(fault(report, "settings").text())
                .contains("partner-center.client-certificate", "expired at");
    }

    @Test
    void showsWhatTheTokenOfAFederatedCredentialSays() throws IOException {
        FederatedIssuer issuer = new FederatedIssuer("https://issuer.example/", "order-lookup");
        simulator.trustIssuer(issuer);
        String token = issuer.token(clock.instant().plus(Duration.ofHours(1)));
        useAssertion(token);

        Report report = check();

        assertThat(text(report, "assertion issuer")).isEqualTo("https://issuer.example/");
        assertThat(text(report, "assertion subject")).isEqualTo("order-lookup");
        assertThat(text(report, "assertion audience")).isEqualTo("api://AzureADTokenExchange");
        assertThat(text(report, "assertion expiry")).contains("(in ", " minutes)");
        assertThat(report.text()).doesNotContain(token.split("\\.")[2]);
    }

    @Test
    void findsATokenOfAFederatedCredentialThatHasExpiredOrIsForAnother() throws IOException {
        FederatedIssuer issuer = new FederatedIssuer("https://issuer.example/", "order-lookup");
        simulator.trustIssuer(issuer);
        useAssertion(issuer.token("api://other", clock.instant().minusSeconds(60)));

        Report report = check();

        assertThat(report.isOk()).isFalse();
        assertThat(report.settingsAreWrong()).isFalse();
        assertThat(fault(report, "assertion audience").text())
                .isEqualTo("api://other; expected is api://AzureADTokenExchange");
        assertThat(fault(report, "assertion expiry").text()).startsWith("expired at ");
        assertThat(fault(report, "token").text()).contains("AADSTS700212");
    }

    private void useAssertion(String token) throws IOException {
        texts.remove("partner-center.client-secret");
        texts.put(
                "partner-center.client-assertion-file",
                Files.writeString(directory.resolve("assertion"), token).toString());
    }

    @Test
    void listsWrongSettingsAndLooksNoFurther() throws IOException {
        texts.remove("partner-center.tenant-id");
        texts.put("order-lookup.max-in-flight", "many");

        Report report = check();

        assertThat(report.settingsAreWrong()).isTrue();
        assertThat(report.findings())
                .extracting(Finding::mark, finding -> finding.text().split(":")[0])
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Mark.FAULT, "partner-center.tenant-id"),
                        org.assertj.core.groups.Tuple.tuple(
                                Mark.FAULT, "order-lookup.max-in-flight"));
        JsonNode json = new ObjectMapper().readTree(report.json());
        assertThat(json.path("ok").asBoolean()).isFalse();
        assertThat(json.path("findings")).hasSize(2);
        assertThat(json.at("/findings/0/mark").asText()).isEqualTo("fault");
        assertThat(json.at("/findings/0/remedy").asText()).startsWith("accepted: ");
    }

    private Path signInAsUser() {
        Path store = directory.resolve("refresh-token.json");
        texts.put("partner-center.auth-mode", "app-user");
        texts.put("partner-center.refresh-token", Simulator.REFRESH_TOKEN);
        texts.put("partner-center.token-store", store.toString());
        return store;
    }

    private Report check() {
        SettingsAsTexts application = new SettingsAsTexts(texts);
        return new Check(application::settings, application::kafkaConnection, clock).run();
    }

    private static String text(Report report, String part) {
        return finding(report, part).text();
    }

    private static String remedy(Report report, String part) {
        return String.valueOf(finding(report, part).remedy());
    }

    private static Finding fault(Report report, String part) {
        assertThat(finding(report, part).mark()).isEqualTo(Mark.FAULT);
        return finding(report, part);
    }

    private static Finding finding(Report report, String part) {
        List<Finding> found =
                report.findings().stream().filter(line -> line.part().equals(part)).toList();
        assertThat(found).as(report.text()).hasSize(1);
        return found.get(0);
    }
}
