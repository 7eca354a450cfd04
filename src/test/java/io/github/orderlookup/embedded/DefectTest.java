package io.github.orderlookup.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.order.Order;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Defects of ours, put into one step after the other, become the problem {@code internal-error}.
 */
class DefectTest {

    private static final String SECRET = "https://secret.example/?token=of-the-defect";
    private static final FailingStep FAILING = new FailingStep();

    private static EmbeddedHost host;

    @BeforeAll
    static void start() {
        host =
                EmbeddedHost.builder()
                        .setting("order-lookup.max-in-flight", "1")
                        .bean("a-strategy-of-the-host", FAILING)
                        .start();
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    static Stream<Arguments> failingSteps() {
        return Stream.of(
                        "to-attempt",
                        "acquire-permit",
                        "start-attempt",
                        "set-request-headers",
                        "to-partner-center",
                        "classify-response",
                        "release-permit",
                        "decide-retry",
                        "acquire-memory",
                        "unmarshal-order",
                        "verify-order")
                .flatMap(
                        step ->
                                Stream.of(
                                                new IllegalStateException(SECRET),
                                                new StackOverflowError(SECRET),
                                                new RejectedExecutionException(SECRET),
                                                new InterruptedException(SECRET))
                                        .map(failure -> arguments(step, failure)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("failingSteps")
    void answersWithAnInternalErrorAndLosesNoCallSlot(String step, Throwable failure) {
        FAILING.failure.set(failure);
        FAILING.step.set(step);
        Object outcome = host.outcome("order--defect");
        FAILING.step.set("none");

        assertInternalError(outcome);
        assertThat(host.outcome("order--after-the-defect")).isInstanceOf(Order.class);
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new StackOverflowError(SECRET),
                new AssertionError(SECRET),
                new NoClassDefFoundError(SECRET),
                new UnsupportedOperationException(SECRET));
    }

    /** The map of a caller is code as well. */
    @ParameterizedTest
    @MethodSource("failures")
    void answersWithAnInternalErrorWhateverIsThrown(Throwable failure) {
        assertInternalError(host.outcome((Object) new FailingMap(failure)));
    }

    private static void assertInternalError(Object outcome) {
        Problem problem = (Problem) outcome;
        assertThat(problem.type()).isEqualTo(ProblemType.INTERNAL_ERROR);
        assertThat(problem.correlationId()).isNotNull();
        assertThat(new String(problem.toJson(), StandardCharsets.UTF_8))
                .doesNotContain("secret", "token", "Exception", "Error\"", "java.");
    }

    /** Fails in the step that is named at the moment. */
    private static final class FailingStep implements InterceptStrategy {

        private final AtomicReference<String> step = new AtomicReference<>("none");
        private final AtomicReference<Throwable> failure = new AtomicReference<>();

        @Override
        public Processor wrapProcessorInInterceptors(
                CamelContext context, NamedNode definition, Processor target, Processor next) {
            return new DelegateAsyncProcessor(target) {
                @Override
                public boolean process(Exchange exchange, org.apache.camel.AsyncCallback callback) {
                    if (step.get().equals(definition.getId())) {
                        exchange.setException(failure.get());
                        callback.done(true);
                        return true;
                    }
                    return super.process(exchange, callback);
                }
            };
        }
    }

    /** A map that cannot be read. */
    private static final class FailingMap extends AbstractMap<String, Object> {

        private final Throwable failure;

        FailingMap(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        }

        @Override
        public String toString() {
            return "a map that cannot be read";
        }
    }
}
