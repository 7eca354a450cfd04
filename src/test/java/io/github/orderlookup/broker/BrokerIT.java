package io.github.orderlookup.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BrokerIT {
    private static Broker broker;
    private static TopicClient client;

    @BeforeAll
    static void start() {
        broker = Broker.start();
        client = new TopicClient(broker.bootstrapServers());
    }

    @AfterAll
    static void close() {
        client.close();
        broker.close();
    }

    @Test
    void givesRecordsBackByteForByte() {
        broker.createTopic("bytes", 1);
        byte[] raw = {0, -1, 'x', (byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
        Header[] headers = {
            TopicClient.header("b", raw),
            TopicClient.header("a", "é"),
            TopicClient.header("b", (byte[]) null),
            TopicClient.header("b", new byte[0])
        };

        client.send("bytes", raw, raw, headers);
        client.send("bytes", (byte[]) null, null);

        var records = client.readAll("bytes");
        assertThat(records).hasSize(2);
        assertThat(records.get(0).key()).isEqualTo(raw);
        assertThat(records.get(0).value()).isEqualTo(raw);
        assertThat(records.get(0).headers()).containsExactly(headers);
        assertThat(records.get(1).key()).isNull();
        assertThat(records.get(1).value()).isNull();
    }

    @Test
    void keepsRecordsOverStopAndRestart() {
        broker.createTopic("stopped", 2);
        client.send("stopped", "key", "before");

        broker.stop();
        broker.restart();

        client.send("stopped", "key", "after");
        assertThat(client.readAll("stopped"))
                .extracting(record -> new String(record.value()))
                .containsExactly("before", "after");
    }

    @Test
    void keepsRecordsOverKillAndRestart() {
        broker.createTopic("killed", 1);
        client.send("killed", "key", "before");

        broker.kill();
        broker.restart();

        client.send("killed", "key", "after");
        assertThat(client.await("killed", 2))
                .extracting(record -> new String(record.value()))
                .containsExactly("before", "after");
    }

    @Test
    void forgetsADeletedTopicAndItsRecords() {
        broker.createTopic("deleted", 1);
        client.send("deleted", "key", "value");

        broker.deleteTopic("deleted");
        broker.createTopic("deleted", 1);

        assertThat(client.readAll("deleted")).isEmpty();
    }

    @Test
    void knowsNoOffsetsOfAGroupThatNeverCommitted() {
        assertThat(client.committedOffsets("never-seen")).isEmpty();
    }
}
