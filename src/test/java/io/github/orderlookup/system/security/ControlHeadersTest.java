package io.github.orderlookup.system.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.junit.jupiter.api.Test;

class ControlHeadersTest {

    /** Guards the tests that use them: they would pass if there were none. */
    @Test
    void findsTheConstantsOfTheComponents() {
        assertThat(ControlHeaders.names())
                .hasSizeGreaterThan(100)
                .contains(
                        Exchange.HTTP_URI,
                        Exchange.HTTP_PATH,
                        Exchange.HTTP_METHOD,
                        KafkaConstants.OVERRIDE_TOPIC,
                        KafkaConstants.PARTITION_KEY,
                        "CamelJacksonUnmarshalType");
    }

    @Test
    void spellsThemInFourWays() {
        assertThat(ControlHeaders.spellings())
                .extracting(spelling -> spelling.apply("CamelHttpUri"))
                .containsExactly("CamelHttpUri", "camelhttpuri", "CAMELHTTPURI", "cAmElHtTpUrI");
    }
}
