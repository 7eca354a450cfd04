package io.github.orderlookup.cli.redrive;

import static io.github.orderlookup.broker.TopicClient.header;
import static io.github.orderlookup.broker.TopicClient.headerText;
import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.orderlookup.cli.broker.BrokerClients;
import io.github.orderlookup.description.Schemas;
import io.github.orderlookup.process.ChildProcess;
import io.github.orderlookup.settings.KafkaSettings;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.Asker;
import io.github.orderlookup.system.JarProcess;
import io.github.orderlookup.system.Outcome;
import io.github.orderlookup.system.RunningService;
import io.github.orderlookup.system.Topics;
import io.github.orderlookup.time.MonotonicClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Failed requests, sent again by the command to the service that they failed in. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RedriveIT {
    private static final String GUID = "6f7d8c1e-51a6-4ab8-9d2b-9f2c3f2f6c11";
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final Selection RETRYABLE = selection(Set.of(), true);

    private static RunningService service;
    private static Asker asker;
    private static RecordMetadata down;
    private static RecordMetadata bare;
    private static RecordMetadata missing;

    @BeforeAll
    static void failInManyWays() {
        RunningService.Builder builder = RunningService.builder();
        service =
                builder.setting("order-lookup.max-attempts", "1")
                        .setting(
                                "order-lookup.reply-topics",
                                Pattern.quote(builder.topics().replies()))
                        .start();
        asker = new Asker(service);
        down =
                asker.send(
                        Asker.request("http-503--1"),
                        header("MS-CorrelationId", GUID),
                        header("traceparent", TRACE),
                        header("ce_specversion", "1.0"),
                        header("ce_id", "cause"),
                        header("kafka_correlationId", new byte[] {0, -1}));
        bare = asker.send(null, Asker.bytes(Asker.request("http-503--2")));
        missing = asker.send(Asker.request("late-order"));
        RecordMetadata unreadable = asker.send("no JSON");
        RecordMetadata refused =
                asker.send(Asker.request("order--1"), header("kafka_replyTopic", "not.allowed"));
        RecordMetadata cut = asker.send("x".repeat(2_000));
        asker.awaitAll(List.of(down, bare, missing, unreadable, refused, cut));
        service.client().send(errors(), null, Asker.bytes("of another"), header("ce_type", "x"));
    }

    @AfterAll
    static void stop() {
        asker.close();
        service.close();
    }

    @Test
    @Order(1)
    void countsWhatItWouldSendAndSendsNothing() {
        Ended ended = jar("redrive", "--dry-run", "--retryable", "any", "--verbose");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out())
                .containsPattern("\\(other\\) +1 +0 +1  1 no problem of order-lookup\\R")
                .containsPattern("invalid-request +3 +2 +1  1 without the whole request\\R")
                .containsPattern("order-not-found +1 +1 +0\\R")
                .containsPattern("upstream-unavailable +2 +2 +0\\R")
                .containsPattern("total +7 +5 +2 ")
                .contains("5 requests of " + errors() + " would be sent to " + requests());
        assertThat(ended.err())
                .containsPattern(errors() + "-\\d-\\d: no problem of order-lookup\\R")
                .containsPattern(errors() + "-\\d-\\d: without the whole request\\R")
                .doesNotContain("Read ");
        assertThat(service.client().readAll(requests())).hasSize(6);
        assertThat(service.client().committedOffsets(group())).isEmpty();
    }

    @Test
    @Order(2)
    void sendsTheRetryableOnesAndKeepsWhatTheyWere() {
        Ended ended = jar("redrive", "--json");

        assertThat(ended.code()).as(ended.err()).isZero();
        JsonNode summary = Outcome.json(Asker.bytes(ended.out()));
        assertThat(summary.path("ended").asText()).isEqualTo("complete");
        assertThat(summary.path("selected").asInt()).isEqualTo(2);
        assertThat(summary.path("sent").asInt()).isEqualTo(2);
        assertThat(summary.at("/skipped/not-retryable").asInt()).isEqualTo(4);
        assertThat(summary.at("/types/upstream-unavailable/sent").asInt()).isEqualTo(2);
        ConsumerRecord<byte[], byte[]> again = redriven("cause");
        assertThat(again.key()).isEqualTo(Asker.bytes("a-key"));
        assertThat(again.value())
                .asString()
                .isEqualTo("{\"customerId\":\"" + CUSTOMER + "\",\"orderId\":\"http-503--1\"}");
        assertThat(headerText(again, "MS-CorrelationId")).hasValue(GUID);
        assertThat(headerText(again, "traceparent")).hasValue(TRACE);
        assertThat(headerText(again, "order-lookup-redriven")).hasValue("1");
        assertThat(again.headers().lastHeader("kafka_correlationId").value())
                .isEqualTo(new byte[] {0, -1});
        assertThat(redriven(Asker.eventId(bare)).key()).isNull();
    }

    @Test
    @Order(3)
    void isAnsweredAsTheRequestThatItWas() {
        Outcome outcome = outcomeOf(redriven("cause"));

        assertThat(outcome.headerText("ce_causationid")).isEqualTo("cause");
        assertThat(outcome.headerText("MS-CorrelationId")).isEqualTo(GUID);
        assertThat(outcome.header("kafka_correlationId")).isEqualTo(new byte[] {0, -1});
        assertThat(outcome.json().at("/request/redriven").asInt()).isEqualTo(1);
        assertThat(outcome.headerNames()).doesNotContain("order-lookup-redriven");
        Schemas.checkProblem(outcome.record().value());
        assertThat(outcomeOf(redriven(Asker.eventId(bare))).headerText("ce_causationid"))
                .as("the first request, which named no cause")
                .isEqualTo(Asker.eventId(bare));
    }

    @Test
    @Order(4)
    void goesOnWhereTheLastRunEndedAndRefusesWhatWasSentTooOften() {
        RedriveOptions twice = new RedriveOptions(RETRYABLE, false, false, null, null, 2);

        JsonNode second = run(twice);
        service.client().await(errors(), 11);
        JsonNode third = run(twice);

        assertThat(second.path("total").asInt()).isEqualTo(2);
        assertThat(second.path("sent").asInt()).isEqualTo(2);
        assertThat(third.path("total").asInt()).isEqualTo(2);
        assertThat(third.path("sent").asInt()).isZero();
        assertThat(third.at("/skipped/max-times").asInt()).isEqualTo(2);
        assertThat(run(twice).path("total").asInt()).isZero();
    }

    @Test
    @Order(5)
    void findsTheOrderThatWasMissingOnceItIsThere() {
        service.simulator()
                .addOrder(
                        "{\"id\":\"late-order\",\"referenceCustomerId\":\"%s\",\"lineItems\":[]}"
                                .formatted(CUSTOMER));

        JsonNode summary =
                run(
                        new RedriveOptions(
                                selection(Set.of("order-not-found"), null),
                                false,
                                true,
                                100.0,
                                1L,
                                3));

        assertThat(summary.path("sent").asInt()).isEqualTo(1);
        Outcome found = outcomeOf(redriven(Asker.eventId(missing)));
        assertThat(found.topic()).isEqualTo(service.topics().results());
        assertThat(found.json().path("id").asText()).isEqualTo("late-order");
        assertThat(found.headerText("ce_causationid")).isEqualTo(Asker.eventId(missing));
    }

    @Test
    @Order(6)
    void stopsAtTheLimitAndGoesOnBehindIt() {
        Selection all = selection(Set.of("invalid-request"), null);

        JsonNode first = run(new RedriveOptions(all, false, true, null, 1L, 3));
        JsonNode second = run(new RedriveOptions(all, false, false, null, 1L, 3));
        JsonNode third = run(new RedriveOptions(all, false, false, null, null, 3));

        assertThat(first.path("ended").asText()).isEqualTo("limit");
        assertThat(first.path("sent").asInt()).isEqualTo(1);
        assertThat(second.path("sent").asInt()).isEqualTo(1);
        assertThat(third.at("/types/invalid-request/sent").asInt())
                .as("those that have failed again meanwhile alone")
                .isLessThanOrEqualTo(2);
    }

    @Test
    @Order(7)
    void endsWhenItIsAskedTo() {
        Stop stop = new Stop();
        stop.request();

        JsonNode summary =
                run(new RedriveOptions(RETRYABLE, false, true, null, null, 9), stop, errors());

        assertThat(summary.path("ended").asText()).isEqualTo("interrupted");
        assertThat(summary.path("sent").asInt()).isZero();
    }

    @Test
    @Order(8)
    void noticesARunBesideIt() throws Exception {
        BrokerClients clients = new BrokerClients(connection(), "redrive-test");
        TopicPartition partition = new TopicPartition(errors(), 0);
        try (Consumer<byte[], byte[]> one = clients.consumer(group(), 1);
                Consumer<byte[], byte[]> other = clients.consumer(group(), 1)) {
            GroupOffsets offsets = new GroupOffsets(one, group());
            offsets.read(List.of(partition));
            other.commitSync(Map.of(partition, new OffsetAndMetadata(1, "sending up to 3")));

            assertThatThrownBy(() -> offsets.commit(Map.of(partition, 2L), Map.of()))
                    .hasMessageStartingWith("Another run of redrive is under way");

            GroupOffsets next = new GroupOffsets(one, group());
            assertThat(next.read(List.of(partition))).isEqualTo(Map.of(partition, 1L));
            assertThat(next.mayBeSent(partition, 0)).isFalse();
            assertThat(next.mayBeSent(partition, 1)).isTrue();
            assertThat(next.mayBeSent(partition, 3)).isFalse();
            next.commit(Map.of(partition, 2L), Map.of());
            assertThat(service.client().committedOffsets(group())).containsEntry(partition, 2L);
        }
    }

    @Test
    @Order(9)
    void saysWhichTopicIsMissing() {
        JsonNode summary =
                run(
                        new RedriveOptions(RETRYABLE, false, false, null, null, 3),
                        new Stop(),
                        "no.such.topic");

        assertThat(summary.path("ok").asBoolean()).isFalse();
        assertThat(summary.path("error").asText())
                .startsWith("The topic no.such.topic does not exist. -> kafka-topics.sh");
    }

    @Test
    @Order(10)
    void refusesWhatItDoesNotUnderstand() {
        Ended ended = jar("redrive", "--type", "throtled");

        assertThat(ended.code()).isEqualTo(64);
        assertThat(ended.err()).contains("--type", "throttled", "upstream-unavailable");
    }

    private static Selection selection(Set<String> types, @Nullable Boolean retryable) {
        return new Selection(types, retryable, Set.of(), Set.of(), null, null, Set.of());
    }

    private static String errors() {
        return service.topics().errors();
    }

    private static String requests() {
        return service.topics().requests();
    }

    private static String group() {
        return service.topics().group() + ".redrive";
    }

    /** The last request of this cause. */
    private static ConsumerRecord<byte[], byte[]> redriven(String cause) {
        List<ConsumerRecord<byte[], byte[]>> all =
                service.client().readAll(requests()).stream()
                        .filter(
                                record ->
                                        headerText(record, "ce_id")
                                                .filter(cause::equals)
                                                .isPresent())
                        .filter(record -> headerText(record, "order-lookup-redriven").isPresent())
                        .toList();
        assertThat(all).as(cause).isNotEmpty();
        return all.get(all.size() - 1);
    }

    private static Outcome outcomeOf(ConsumerRecord<byte[], byte[]> request) {
        String id = request.topic() + "-" + request.partition() + "-" + request.offset();
        service.process().await("the outcome of " + id, () -> !outcomes(id).isEmpty());
        return new Outcome(outcomes(id).get(0));
    }

    /** Not by the asker, which takes every record for one of ours. */
    private static List<ConsumerRecord<byte[], byte[]>> outcomes(String id) {
        return Stream.of(service.topics().results(), errors())
                .flatMap(topic -> service.client().readAll(topic).stream())
                .filter(record -> headerText(record, "ce_id").filter(id::equals).isPresent())
                .toList();
    }

    private static JsonNode run(RedriveOptions options) {
        return run(options, new Stop(), errors());
    }

    private static JsonNode run(RedriveOptions options, Stop stop, String errorsTopic) {
        Topics topics = service.topics();
        Clock clock = MonotonicClock.startingAt(Clock.systemUTC());
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        KafkaSettings kafka =
                new KafkaSettings(
                        true,
                        topics.requests(),
                        topics.results(),
                        errorsTopic,
                        topics.group(),
                        null,
                        null);
        Summary summary =
                new Redrive(kafka, options, new Progress(nowhere, false, false, clock), stop, clock)
                        .run(connection());
        return Outcome.json(summary.json().getBytes(StandardCharsets.UTF_8));
    }

    private static Properties connection() {
        Properties connection = new Properties();
        connection.put("bootstrap.servers", service.broker().bootstrapServers());
        return connection;
    }

    private record Ended(int code, String out, String err) {}

    /** The command as users run it, where the settings of the service lie. */
    private static Ended jar(String... arguments) {
        try (ChildProcess child =
                JarProcess.in(service.directory())
                        .options("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                        .arguments(arguments)
                        .start()) {
            Ended ended = new Ended(child.awaitExit(), child.stdout(), child.stderr());
            assertThat(ended.out() + ended.err())
                    .doesNotContain(Simulator.CLIENT_SECRET, RunningService.API_KEY, "eyJ");
            return ended;
        }
    }
}
