package io.github.orderlookup.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.orderlookup.settings.CannotStartException;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultClassResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CamelVersionTest {

    @ParameterizedTest
    @ValueSource(strings = {"3.22.4", "4.0.0", "4.9.0", "4.17.0", "4.14.1.redhat-00001"})
    void refusesWhatIsOlder(String version) {
        assertThat(CamelVersion.isTooOld(version)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"4.18.0", "4.18.2", "4.22.0", "4.100.0", "5.0.0", "4.18-SNAPSHOT", "", "?"})
    void letsInWhatMayWork(String version) {
        assertThat(CamelVersion.isTooOld(version)).isFalse();
    }

    @Test
    void letsInTheVersionOfThisBuild() throws Exception {
        try (CamelContext camel = new DefaultCamelContext()) {
            assertThatCode(() -> CamelVersion.check(camel, true)).doesNotThrowAnyException();
        }
    }

    @Test
    void saysThatCamelKafkaIsMissing() throws Exception {
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.setClassResolver(new WithoutKafka());

            assertThatThrownBy(() -> CamelVersion.check(camel, true))
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining("org.apache.camel:camel-kafka");
            assertThatCode(() -> CamelVersion.check(camel, false)).doesNotThrowAnyException();
        }
    }

    private static final class WithoutKafka extends DefaultClassResolver {

        @Override
        public Class<?> resolveClass(String name) {
            return name.contains(".kafka.") ? null : super.resolveClass(name);
        }
    }
}
