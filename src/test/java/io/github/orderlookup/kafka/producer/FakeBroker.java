package io.github.orderlookup.kafka.producer;

import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;

/** A broker that knows topics, behind an admin client. Not thread-safe. */
public final class FakeBroker {

    final Map<String, Integer> topics = new HashMap<>();
    Optional<KafkaException> failure = Optional.empty();
    Uuid id = Uuid.randomUuid();
    int made;
    int open;

    /** Makes a topic, anew if there is one of this name. */
    public void make(String topic, int partitions) {
        topics.put(topic, partitions);
        id = Uuid.randomUuid();
    }

    public Admin client() {
        made++;
        open++;
        return (Admin)
                Proxy.newProxyInstance(
                        Admin.class.getClassLoader(),
                        new Class<?>[] {Admin.class},
                        (proxy, method, arguments) ->
                                switch (method.getName()) {
                                    case "describeTopics" -> describe(arguments[0]);
                                    case "close" -> {
                                        open--;
                                        yield null;
                                    }
                                    default ->
                                            throw new UnsupportedOperationException(
                                                    method.getName());
                                });
    }

    private DescribeTopicsResult describe(Object names) {
        String topic = (String) ((Collection<?>) names).iterator().next();
        return new Described(topic, answer(topic));
    }

    private KafkaFuture<TopicDescription> answer(String topic) {
        KafkaFutureImpl<TopicDescription> answer = new KafkaFutureImpl<>();
        if (failure.isPresent()) {
            answer.completeExceptionally(failure.get());
        } else if (topics.containsKey(topic)) {
            answer.complete(
                    new TopicDescription(
                            topic, false, partitions(topics.get(topic)), Set.of(), id));
        } else {
            answer.completeExceptionally(new UnknownTopicOrPartitionException());
        }
        return answer;
    }

    private static List<TopicPartitionInfo> partitions(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> new TopicPartitionInfo(n, Node.noNode(), List.of(), List.of()))
                .toList();
    }

    private static final class Described extends DescribeTopicsResult {
        Described(String topic, KafkaFuture<TopicDescription> answer) {
            super(null, Map.of(topic, answer));
        }
    }
}
