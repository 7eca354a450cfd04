package io.github.orderlookup.system.security;

import static io.github.orderlookup.system.Asker.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.orderlookup.broker.GuardedBroker;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.Asker;
import io.github.orderlookup.system.RestClient;
import io.github.orderlookup.system.RunningService;
import java.time.Duration;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

/** A broker that lets us do nothing at first, and is granted right after right. */
class KafkaAuthorizationIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void goesOnWithEachRightThatItIsGranted() throws Exception {
        try (GuardedBroker broker = GuardedBroker.start();
                RunningService service = service(broker);
                Asker asker = new Asker(service)) {
            RestClient rest = new RestClient(service);
            RecordMetadata found = asker.send(request("order--found"));
            RecordMetadata failed = asker.send("no JSON");
            assertThat(rest.lookUp("order--over-rest").statusCode()).isEqualTo(200);
            assertThat(rest.isReady()).isFalse();

            broker.grant(ResourceType.GROUP, service.topics().group(), AclOperation.READ);
            broker.grant(ResourceType.TOPIC, service.topics().requests(), AclOperation.READ);
            broker.grant(ResourceType.TOPIC, service.topics().results(), AclOperation.WRITE);

            assertThat(asker.outcome(found).kind()).isEqualTo("found");
            await().atMost(PATIENCE).until(() -> !rest.isReady());
            assertThat(asker.all()).doesNotContainKey(Asker.eventId(failed));

            broker.grant(ResourceType.TOPIC, service.topics().errors(), AclOperation.WRITE);

            assertThat(asker.outcome(failed).kind()).isEqualTo("invalid-request");
            asker.awaitCommitOfEverything();
            await().atMost(PATIENCE).until(rest::isReady);

            broker.revoke(ResourceType.TOPIC, service.topics().requests());
            await().atMost(PATIENCE).until(() -> !rest.isReady());
            RecordMetadata later = asker.send(request("order--later"));
            broker.grant(ResourceType.TOPIC, service.topics().requests(), AclOperation.READ);

            assertThat(asker.outcome(later).kind()).isEqualTo("found");
            asker.awaitCommitOfEverything();
            assertThat(asker.all().values()).allSatisfy(all -> assertThat(all).hasSize(1));
        }
    }

    private static RunningService service(GuardedBroker broker) {
        RunningService.Builder builder =
                RunningService.builder()
                        .broker(broker.broker())
                        .simulator(Simulator.builder().httpApi());
        broker.settings(GuardedBroker.PASSWORD).forEach(builder::setting);
        return builder.start();
    }
}
