package io.github.orderlookup.system.kafka;

import static io.github.orderlookup.broker.TopicClient.header;
import static io.github.orderlookup.system.Asker.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.broker.Broker;
import io.github.orderlookup.process.FreePort;
import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.Asker;
import io.github.orderlookup.system.RestClient;
import io.github.orderlookup.system.RunningService;
import io.github.orderlookup.system.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;

/** A reply topic whose only broker is gone. */
class KafkaReplyLeaderIT {

    @Test
    void holdsUpNoOther() throws Exception {
        int controller = FreePort.find();
        try (Broker first = Broker.start(FreePort.find(), controller, Map.of());
                Broker second = second(controller)) {
            RunningService.Builder options =
                    RunningService.builder().simulator(Simulator.builder().httpApi()).broker(first);
            Topics topics = options.topics();
            String replies = topics.replies() + ".elsewhere";
            // The group is to outlive the broker that is killed.
            create(first, "__consumer_offsets", 1);
            for (String topic : List.of(topics.requests(), topics.results(), topics.errors())) {
                create(first, topic, 1);
                options.withoutTopic(topic);
            }
            options.withoutTopic(topics.replies());
            create(first, replies, 2);
            options.setting("order-lookup.reply-topics", ".*elsewhere");
            try (RunningService service = options.start();
                    Asker asker = new Asker(service, List.of(topics.results(), topics.errors()))) {
                asker.ask(request("order--first"));
                second.kill();
                List<RecordMetadata> late = new ArrayList<>();
                List<RecordMetadata> others = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    late.add(
                            asker.send(
                                    request("order--late-" + i),
                                    header("kafka_replyTopic", replies)));
                    others.add(asker.send(request("order--other-" + i)));
                }

                asker.awaitAll(others);
                assertThat(new RestClient(service).isReady()).isTrue();
                assertThat(asker.all()).doesNotContainKey(Asker.eventId(late.get(0)));
                asker.awaitAll(late);

                assertThat(asker.outcome(late.get(99)).kind()).isEqualTo("reply-failed");
                asker.awaitCommitOfEverything();
            }
        }
    }

    private static Broker second(int controller) {
        int port = FreePort.find();
        return Broker.start(
                port,
                controller,
                Map.of(
                        "node.id",
                        "2",
                        "process.roles",
                        "broker",
                        "listeners",
                        "PLAINTEXT://127.0.0.1:" + port,
                        "controller.quorum.voters",
                        "1@127.0.0.1:" + controller));
    }

    private static void create(Broker broker, String topic, int node) throws Exception {
        broker.admin()
                .createTopics(List.of(new NewTopic(topic, Map.of(0, List.of(node)))))
                .all()
                .get();
    }
}
