package io.github.orderlookup.embedded;

import static io.github.orderlookup.simulator.SampleOrders.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.lookup.OrderLookupException;
import io.github.orderlookup.lookup.OrderLookupRequest;
import io.github.orderlookup.lookup.Problem;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.order.Order;
import io.github.orderlookup.simulator.Answers;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.DeadLetterChannelBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The host's own error handling handles what is thrown to it, and nothing before. */
class HostErrorHandlingTest {

    /** What the host's error handling has seen. */
    private final Queue<Exception> handled = new ConcurrentLinkedQueue<>();

    private final AtomicInteger usualFailures = new AtomicInteger();

    private EmbeddedHost host;

    @AfterEach
    void stop() {
        host.close();
    }

    private final Processor noteHandled =
            exchange ->
                    handled.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));

    private final Processor failUsually =
            exchange -> {
                usualFailures.incrementAndGet();
                throw new IllegalStateException("of the host");
            };

    @Test
    void handlesTheProblemWithOnExceptionOfTheHostAndRepeatsTheWholeLookup() {
        host =
                EmbeddedHost.builder()
                        .routes(
                                new RouteBuilder() {
                                    @Override
                                    public void configure() {
                                        onException(OrderLookupException.class)
                                                .maximumRedeliveries(2)
                                                .redeliveryDelay(0)
                                                .handled(true)
                                                .process(noteHandled)
                                                .setBody(constant("handled by the host"));
                                        from("direct:host").to(EmbeddedHost.DIRECT);
                                    }
                                })
                        .start();

        Object outcome = host.outcome("direct:host", request("http-404-20000"));

        assertThat(outcome).isEqualTo("handled by the host");
        assertThat(handled).hasSize(1);
        assertThat(EmbeddedHost.problem(Objects.requireNonNull(handled.peek())).type())
                .isEqualTo(ProblemType.ORDER_NOT_FOUND);
        assertThat(host.simulator().apiLog().forOrder("http-404-20000")).hasSize(3);
    }

    @Test
    void findsTheOrderWhenTheHostRedelivers() {
        host =
                EmbeddedHost.builder()
                        .routes(
                                new RouteBuilder() {
                                    @Override
                                    public void configure() {
                                        errorHandler(
                                                defaultErrorHandler()
                                                        .maximumRedeliveries(3)
                                                        .redeliveryDelay(0)
                                                        .asyncDelayedRedelivery());
                                        from("direct:host").to(EmbeddedHost.DIRECT);
                                    }
                                })
                        .start();

        Object outcome = host.outcome("direct:host", request("http-404-twice--redelivered"));

        assertThat(outcome).isInstanceOf(Order.class);
        assertThat(host.simulator().apiLog().forOrder("http-404-twice--redelivered")).hasSize(3);
    }

    @Test
    void letsADoTryOfTheHostCatchTheProblem() {
        host =
                EmbeddedHost.builder()
                        .routes(
                                new RouteBuilder() {
                                    @Override
                                    public void configure() {
                                        from("direct:host")
                                                .doTry()
                                                .to(EmbeddedHost.DIRECT)
                                                .doCatch(OrderLookupException.class)
                                                .process(noteHandled)
                                                .setBody(constant(request("order--instead")))
                                                .to(EmbeddedHost.DIRECT)
                                                .end();
                                    }
                                })
                        .start();

        Object outcome = host.outcome("direct:host", request("http-403-20002"));

        assertThat(((Order) outcome).id()).contains("order--instead");
        assertThat(handled).hasSize(1);
    }

    @Test
    void answersARouteThatHandlesAFailureOfItsOwn() {
        host =
                EmbeddedHost.builder()
                        .routes(
                                new RouteBuilder() {
                                    @Override
                                    public void configure() {
                                        onException(IllegalStateException.class)
                                                .handled(true)
                                                .setBody(constant(request("http-503-once--own")))
                                                .to(EmbeddedHost.DIRECT);
                                        from("direct:host")
                                                .throwException(
                                                        new IllegalStateException("of the host"));
                                    }
                                })
                        .start();

        Object outcome = host.outcome("direct:host", "anything");

        assertThat(((Order) outcome).id()).contains("http-503-once--own");
    }

    /** Every way in which a host can make a policy for all of its routes. */
    static Stream<RouteBuilderOf> policiesForAll() {
        return Stream.of(
                new RouteBuilderOf("nameless route configuration") {
                    @Override
                    RouteConfigurationBuilder policy(Processor note) {
                        return new RouteConfigurationBuilder() {
                            @Override
                            public void configuration() {
                                routeConfiguration()
                                        .onException(Exception.class)
                                        .maximumRedeliveries(2)
                                        .redeliveryDelay(0)
                                        .handled(true)
                                        .process(note)
                                        .setBody(constant("handled by the host"));
                            }
                        };
                    }
                },
                new RouteBuilderOf("nameless route configuration with an error handler") {
                    @Override
                    RouteConfigurationBuilder policy(Processor note) {
                        return new RouteConfigurationBuilder() {
                            @Override
                            public void configuration() {
                                routeConfiguration()
                                        .errorHandler(
                                                new DeadLetterChannelBuilder("direct:host-dead")
                                                        .maximumRedeliveries(2)
                                                        .redeliveryDelay(0));
                                from("direct:host-dead")
                                        .process(note)
                                        .setBody(constant("handled by the host"));
                            }
                        };
                    }
                },
                new RouteBuilderOf("error handler of the context") {
                    @Override
                    RouteConfigurationBuilder policy(Processor note) {
                        return new RouteConfigurationBuilder() {
                            @Override
                            public void configuration() {
                                getContext()
                                        .getCamelContextExtension()
                                        .setErrorHandlerFactory(
                                                new DeadLetterChannelBuilder("direct:host-dead")
                                                        .maximumRedeliveries(2)
                                                        .redeliveryDelay(0));
                                from("direct:host-dead")
                                        .process(note)
                                        .setBody(constant("handled by the host"));
                            }
                        };
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("policiesForAll")
    void keepsAPolicyForAllRoutesOutOfOurs(RouteBuilderOf policy) {
        host =
                EmbeddedHost.builder()
                        .routes(policy.policy(noteHandled))
                        .routes(
                                new RouteBuilder() {
                                    @Override
                                    public void configure() {
                                        from("direct:host").to(EmbeddedHost.DIRECT);
                                        from("direct:host-usual").process(failUsually);
                                    }
                                })
                        .start();
        host.simulator().answer("order--faults", Answers.reset(), Answers.status(503));

        Object found = host.outcome("direct:host", request("order--faults"));
        Object failed = host.outcome("direct:host", request("http-404-20000"));
        Object usual = host.outcome("direct:host-usual", "anything");
        Object unasked = host.outcome(request("http-403"));

        // Inside, faults are retried and problems described as ever: two faults, then the Order.
        assertThat(found).isInstanceOf(Order.class);
        assertThat(host.simulator().apiLog().forOrder("order--faults")).hasSize(3);
        // Outside, the host repeats and handles as it does with whatever else fails.
        assertThat(failed).isEqualTo("handled by the host").isEqualTo(usual);
        assertThat(host.simulator().apiLog().forOrder("http-404-20000"))
                .hasSize(usualFailures.get());
        assertThat(handled).hasSize(2).first().isInstanceOf(OrderLookupException.class);
        // Without a route of the host, nobody but the caller gets the problem.
        assertThat(((Problem) unasked).type()).isEqualTo(ProblemType.ACCESS_DENIED);
        assertThat(host.simulator().apiLog().forOrder("http-403")).hasSize(1);
    }

    private static OrderLookupRequest request(String orderId) {
        return new OrderLookupRequest(CUSTOMER, orderId);
    }

    /** A policy with a name for the report. */
    abstract static class RouteBuilderOf {

        private final String name;

        RouteBuilderOf(String name) {
            this.name = name;
        }

        abstract RouteConfigurationBuilder policy(Processor note);

        @Override
        public String toString() {
            return name;
        }
    }
}
