package io.github.orderlookup.service;

import static io.github.orderlookup.service.Asker.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.broker.Broker;
import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.simulator.Simulator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

/** A broker that lets us do nothing at first, and is told what it is to allow, right by right. */
class KafkaAuthorizationIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LOGIN =
            "org.apache.kafka.common.security.plain.PlainLoginModule required";

    @Test
    void goesOnWithEachRightThatItIsGranted() throws Exception {
        int guarded = FreePort.find();
        try (Broker broker = broker(guarded);
                RunningService service = service(broker, guarded);
                Asker asker = new Asker(service)) {
            RestClient rest = new RestClient(service);
            RecordMetadata found = asker.send(request("order--found"));
            RecordMetadata failed = asker.send("no JSON");
            assertThat(rest.lookUp("order--over-rest").statusCode()).isEqualTo(200);
            assertThat(rest.isReady()).isFalse();

            grant(broker, ResourceType.GROUP, service.topics().group(), AclOperation.READ);
            grant(broker, ResourceType.TOPIC, service.topics().requests(), AclOperation.READ);
            grant(broker, ResourceType.TOPIC, service.topics().results(), AclOperation.WRITE);

            assertThat(asker.outcome(found).kind()).isEqualTo("found");
            await().atMost(PATIENCE).until(() -> !rest.isReady());
            assertThat(asker.all()).doesNotContainKey(Asker.eventId(failed));

            grant(broker, ResourceType.TOPIC, service.topics().errors(), AclOperation.WRITE);

            assertThat(asker.outcome(failed).kind()).isEqualTo("invalid-request");
            asker.awaitCommitOfEverything();
            await().atMost(PATIENCE).until(rest::isReady);

            revoke(broker, service.topics().requests());
            await().atMost(PATIENCE).until(() -> !rest.isReady());
            RecordMetadata later = asker.send(request("order--later"));
            grant(broker, ResourceType.TOPIC, service.topics().requests(), AclOperation.READ);

            assertThat(asker.outcome(later).kind()).isEqualTo("found");
            asker.awaitCommitOfEverything();
            assertThat(asker.all().values()).allSatisfy(all -> assertThat(all).hasSize(1));
        }
    }

    /** Everything is allowed at the broker's usual port, nothing at the guarded one. */
    private static Broker broker(int guarded) {
        int port = FreePort.find();
        int controller = FreePort.find();
        return Broker.start(
                port,
                controller,
                Map.of(
                        "listeners",
                        "PLAINTEXT://127.0.0.1:%d,GUARDED://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                                .formatted(port, guarded, controller),
                        "listener.security.protocol.map",
                        "PLAINTEXT:PLAINTEXT,GUARDED:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                        "listener.name.guarded.sasl.enabled.mechanisms",
                        "PLAIN",
                        "listener.name.guarded.plain.sasl.jaas.config",
                        LOGIN + " user_order-lookup=\"password-of-the-tests\";",
                        "authorizer.class.name",
                        "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                        "super.users",
                        "User:ANONYMOUS"));
    }

    private static RunningService service(Broker broker, int guarded) {
        return RunningService.builder()
                .broker(broker)
                .simulator(Simulator.builder().httpApi())
                .setting("camel.component.kafka.brokers", "127.0.0.1:" + guarded)
                .setting("camel.component.kafka.security-protocol", "SASL_PLAINTEXT")
                .setting("camel.component.kafka.sasl-mechanism", "PLAIN")
                .setting(
                        "camel.component.kafka.sasl-jaas-config",
                        LOGIN + " username=\"order-lookup\" password=\"password-of-the-tests\";")
                .start();
    }

    private static void grant(Broker broker, ResourceType type, String name, AclOperation right)
            throws ExecutionException, InterruptedException {
        var entry =
                new AccessControlEntry("User:order-lookup", "*", right, AclPermissionType.ALLOW);
        var pattern = new ResourcePattern(type, name, PatternType.LITERAL);
        broker.admin().createAcls(List.of(new AclBinding(pattern, entry))).all().get();
    }

    private static void revoke(Broker broker, String topic)
            throws ExecutionException, InterruptedException {
        var pattern = new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL);
        var everything = new AclBindingFilter(pattern.toFilter(), AccessControlEntryFilter.ANY);
        broker.admin().deleteAcls(List.of(everything)).all().get();
    }
}
