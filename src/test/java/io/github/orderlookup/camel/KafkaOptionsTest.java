package io.github.orderlookup.camel;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.component.kafka.KafkaConfiguration;
import org.junit.jupiter.api.Test;

/** What a host has set for its own Kafka routes, and what of it reaches ours. */
class KafkaOptionsTest {

    private final KafkaConfiguration ofHost = new KafkaConfiguration();

    @Test
    void keepsTheConnection() {
        ofHost.setBrokers("broker:9092");
        ofHost.setSecurityProtocol("SSL");

        KafkaConfiguration ours = ours();

        assertThat(ours.getBrokers()).isEqualTo("broker:9092");
        assertThat(ours.getSecurityProtocol()).isEqualTo("SSL");
    }

    @Test
    void readsWithOneConsumerWhateverTheHostDoes() {
        ofHost.setConsumersCount(3);

        assertThat(ours().getConsumersCount()).isEqualTo(1);
    }

    @Test
    void takesOverNothingThatVoidsAGuarantee() {
        ofHost.setBatching(true);
        ofHost.setBreakOnFirstError(true);
        ofHost.setTopicIsPattern(true);
        ofHost.setAllowManualCommit(true);
        ofHost.getAdditionalProperties().put("group.protocol", "consumer");

        KafkaConfiguration ours = ours();

        assertThat(ours.isBatching()).isFalse();
        assertThat(ours.isBreakOnFirstError()).isFalse();
        assertThat(ours.isTopicIsPattern()).isFalse();
        assertThat(ours.isAllowManualCommit()).isFalse();
        assertThat(ours.getAdditionalProperties()).doesNotContainKey("group.protocol");
    }

    /**
     * With a longer one our producers, whose deliveries end after half a minute, cannot be made.
     */
    @Test
    void takesOverNoTimeoutThatOurProducersCannotHave() {
        ofHost.getAdditionalProperties().put("request.timeout.ms", 40_000);
        ofHost.getAdditionalProperties().put("linger.ms", "20000");
        ofHost.getAdditionalProperties().put("delivery.timeout.ms", "120000");
        ofHost.getAdditionalProperties().put("reconnect.backoff.ms", "100");

        assertThat(ours().getAdditionalProperties()).containsOnlyKeys("reconnect.backoff.ms");
    }

    @Test
    void takesOverAPollIntervalUnlessASlowBrokerWouldCostThePartitions() {
        ofHost.setMaxPollIntervalMs(4_999);
        assertThat(ours().getMaxPollIntervalMs())
                .isEqualTo(new KafkaConfiguration().getMaxPollIntervalMs());

        ofHost.setMaxPollIntervalMs(600_000);
        assertThat(ours().getMaxPollIntervalMs()).isEqualTo(600_000);
    }

    private KafkaConfiguration ours() {
        KafkaConfiguration copy = ofHost.copy();
        KafkaOptions.keepConnectionOnly(copy);
        return copy;
    }
}
