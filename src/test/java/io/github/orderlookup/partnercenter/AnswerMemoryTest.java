package io.github.orderlookup.partnercenter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AnswerMemoryTest {

    private final List<String> granted = new ArrayList<>();
    private final AnswerMemory memory = new AnswerMemory(100);

    @Test
    void hasRoomUpToTheLimit() {
        assertThat(take("a", 60)).isTrue();
        assertThat(take("b", 40)).isTrue();
        assertThat(take("c", 1)).isFalse();
        assertThat(memory.isExhausted()).isTrue();
    }

    @Test
    void takesAnAnswerThatIsLargerThanTheLimitAlone() {
        assertThat(take("huge", 1_000)).isTrue();
        assertThat(take("small", 1)).isFalse();

        memory.giveBack(1_000);

        assertThat(granted).containsExactly("small");
    }

    @Test
    void letsNobodyOvertakeWhoWaits() {
        take("a", 90);
        take("large", 50);
        take("small", 5);

        memory.giveBack(10);
        assertThat(granted).isEmpty();

        memory.giveBack(80);
        assertThat(granted).containsExactly("large", "small");
        assertThat(memory.isExhausted()).isFalse();
    }

    @Test
    void doesNotCountSmallAnswers() {
        assertThat(AnswerMemory.of(16 * 1024 - 1)).isZero();
        assertThat(AnswerMemory.of(16 * 1024)).isEqualTo(256 * 1024L);
    }

    /** Whatever comes and goes: each gets room once, and all of them in the end. */
    @Property(tries = 200)
    void neverHoldsMoreThanTheLimitUnlessForOneAlone(@ForAll long seed) {
        Random random = new Random(seed);
        AnswerMemory shared = new AnswerMemory(100);
        Queue<Long> held = new ArrayDeque<>();
        for (int i = 0; i < 200; i++) {
            if (random.nextBoolean()) {
                long bytes = 1 + random.nextInt(150);
                if (shared.take(bytes, () -> held.add(bytes))) {
                    held.add(bytes);
                }
            } else if (!held.isEmpty()) {
                shared.giveBack(held.remove());
            }
            long sum = held.stream().mapToLong(Long::longValue).sum();
            assertThat(held.size() <= 1 || sum <= 100).isTrue();
        }
        while (!held.isEmpty()) {
            shared.giveBack(held.remove());
        }
        assertThat(shared.isExhausted()).isFalse();
    }

    @Test
    void keepsCallsFromLeavingWhileAnAnswerWaitsForRoom() {
        HandTime time = new HandTime();
        CallGate gate =
                new CallGate(
                        8, new RequestBudget(0), memory, time.clock(), Runnable::run, time.timer());
        take("a", 100);
        take("b", 1);

        new Waiting("call", granted).enter(gate);
        assertThat(granted).isEmpty();

        memory.giveBack(100);
        gate.lookAgain();
        assertThat(granted).containsExactly("b", "call");
    }

    private boolean take(String name, long bytes) {
        return memory.take(bytes, () -> granted.add(name));
    }
}
