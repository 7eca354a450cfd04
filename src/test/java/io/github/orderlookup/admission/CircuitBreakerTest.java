package io.github.orderlookup.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.orderlookup.classification.FailureClassifier;
import io.github.orderlookup.classification.NetworkFailure;
import io.github.orderlookup.lookup.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CircuitBreakerTest {

    private static final Failure DOWN = FailureClassifier.classify(NetworkFailure.NETWORK);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    static Stream<Arguments> calls() {
        return Stream.of(
                story("nothing", false, calls -> {}),
                story("19 failures", false, calls -> calls.fail(19, 19)),
                story("20 failures of 20 orders", true, calls -> calls.fail(20, 20)),
                story("20 failures of 5 orders", true, calls -> calls.fail(5, 20)),
                story("100 failures of 4 orders", false, calls -> calls.fail(4, 100)),
                story("100 failures of one order", false, calls -> calls.fail(1, 100)),
                story(
                        "failures of a moment",
                        false,
                        calls -> calls.pace(Duration.ofMillis(1)).answer(40).failAgain(20, 40)),
                story(
                        "a service that dies in good health",
                        true,
                        calls -> calls.answer(100).failAgain(5, 20)),
                story("an answer in between", false, calls -> calls.failAgain(10, 19).answer(1)),
                story(
                        "orders that always fail, among others",
                        false,
                        calls -> {
                            for (int round = 0; round < 100; round++) {
                                calls.answer(8).fail(2, 2).failAgain(2, 8);
                            }
                        }),
                story(
                        "one order that is asked for again and again",
                        false,
                        calls -> {
                            for (int round = 0; round < 100; round++) {
                                calls.fail(1, 5).answer(1);
                            }
                        }),
                story(
                        "two of three lookups failing",
                        true,
                        calls -> {
                            for (int round = 0; round < 6; round++) {
                                calls.fail(2, 2).answer(1);
                            }
                            calls.fail(2, 2);
                        }));
    }

    private static Arguments story(String name, boolean open, Consumer<Calls> story) {
        return arguments(name, open, story);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("calls")
    void decidesByTheLastCalls(String name, boolean open, Consumer<Calls> story) {
        Calls calls = new Calls();

        story.accept(calls);

        assertThat(calls.breaker.isOpen()).isEqualTo(open);
    }

    @Property(tries = 300)
    void staysClosedWhateverFourOrdersDo(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Calls calls = new Calls();

        for (int step = 0; step < 300; step++) {
            boolean fresh = random.nextBoolean();
            calls.pace(Duration.ofMillis(random.nextInt(2_000)));
            calls.call("order-" + random.nextInt(4), fresh, DOWN);
            if (random.nextInt(10) == 0) {
                calls.answer(random.nextInt(5));
            }
        }

        assertThat(calls.breaker.isOpen()).isFalse();
    }

    @Test
    void saysWhatIsWrong() {
        Calls calls = new Calls().fail(20, 20);

        assertThat(calls.breaker.outage().orElseThrow().detail())
                .startsWith("Partner Center is down")
                .endsWith(DOWN.detail());
        assertThat(calls.breaker.outage().orElseThrow().retryAfter()).isEqualTo(INTERVAL);
    }

    @Test
    void triesOneCallEveryFiveSecondsThoughTheLastOneHangs() {
        Calls calls = new Calls().fail(20, 20);
        assertThat(calls.breaker.nextProbe()).isEqualTo(calls.now.plus(INTERVAL));

        calls.now = calls.now.plus(INTERVAL);
        calls.leave("order", false);

        assertThat(calls.breaker.nextProbe()).isEqualTo(calls.now.plus(INTERVAL));
    }

    @Test
    void closesWithTheFirstProbeThatIsAnswered() {
        Calls calls = new Calls().fail(20, 20);
        CircuitBreaker.Call hanging = calls.leave("hanging", false);
        CircuitBreaker.Call answered = calls.leave("answered", false);

        calls.breaker.callEnds(answered, null, calls.now);

        assertThat(calls.breaker.isOpen()).isFalse();
        calls.breaker.callEnds(hanging, DOWN, calls.now);
        calls.fail(19, 19);
        assertThat(calls.breaker.isOpen()).isFalse();
        calls.fail(20, 20);
        assertThat(calls.breaker.isOpen()).isTrue();
    }

    @Test
    void staysOpenWhenACallIsAnsweredThatLeftBefore() {
        Calls calls = new Calls();
        CircuitBreaker.Call early = calls.leave("early", true);
        calls.fail(20, 20);

        calls.breaker.callEnds(early, null, calls.now);

        assertThat(calls.breaker.isOpen()).isTrue();
    }

    @Test
    void isInDoubtWhenOthersFailToo() {
        Calls calls = new Calls().fail(1, 4);
        assertThat(calls.breaker.isInDoubt(calls.now)).isFalse();

        calls.fail(2, 2);
        assertThat(calls.breaker.isInDoubt(calls.now)).isTrue();

        calls.answer(1);
        assertThat(calls.breaker.isInDoubt(calls.now)).isFalse();
    }

    /** Calls one after the other, each over before the next leaves. */
    static final class Calls {

        private final CircuitBreaker breaker = new CircuitBreaker();
        private Instant now = Instant.parse("2026-01-02T03:04:05Z");
        private Duration pace = Duration.ofMillis(100);
        private int answered;
        private int round;

        Calls pace(Duration between) {
            pace = between;
            return this;
        }

        /** First attempts for orders that were not asked for before. */
        Calls answer(int count) {
            for (int n = 0; n < count; n++) {
                call("answered-" + answered++, true, null);
            }
            return this;
        }

        /** Each order fails at its first attempt, and then again in turn. */
        Calls fail(int orders, int count) {
            round += orders > 1 ? 1 : 0;
            return fail(orders, count, orders);
        }

        /** The same for orders that have failed before. */
        Calls failAgain(int orders, int count) {
            return fail(orders, count, 0);
        }

        private Calls fail(int orders, int count, int fresh) {
            for (int n = 0; n < count; n++) {
                call("failing-" + round + "-" + n % orders, n < fresh, DOWN);
            }
            return this;
        }

        CircuitBreaker.Call leave(String order, boolean fresh) {
            return breaker.callStarts(order, fresh, now);
        }

        void call(String order, boolean fresh, @Nullable Failure failure) {
            now = now.plus(pace);
            breaker.callEnds(leave(order, fresh), failure, now);
        }
    }
}
