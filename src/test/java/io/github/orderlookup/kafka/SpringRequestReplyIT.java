package io.github.orderlookup.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.broker.Broker;
import io.github.orderlookup.broker.TopicClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

class SpringRequestReplyIT {
    private static final String REQUESTS = "spring-helper.requests";
    private static final String REPLIES = "spring-helper.replies";

    @Test
    void takesTheReplyThatEchoesItsCorrelation() throws Exception {
        Broker broker = Broker.shared();
        broker.createTopic(REQUESTS, 1);
        broker.createTopic(REPLIES, 1);
        try (var client = new TopicClient(broker.bootstrapServers());
                var spring = new SpringRequestReply(broker.bootstrapServers(), REQUESTS, REPLIES)) {
            var answered = CompletableFuture.runAsync(() -> answer(client));

            ConsumerRecord<String, String> reply = spring.ask("key", "{}");

            assertThat(answered).succeedsWithin(Duration.ofSeconds(1));
            assertThat(reply.key()).isEqualTo("key");
            assertThat(reply.value()).isEqualTo("answer to {}");
        }
    }

    private static void answer(TopicClient client) {
        var request = client.awaitOne(REQUESTS);
        Header topic = request.headers().lastHeader("kafka_replyTopic");
        Header correlation = request.headers().lastHeader("kafka_correlationId");
        String value = "answer to " + new String(request.value(), StandardCharsets.UTF_8);
        client.send(
                new String(topic.value(), StandardCharsets.UTF_8),
                request.key(),
                value.getBytes(StandardCharsets.UTF_8),
                correlation);
    }
}
