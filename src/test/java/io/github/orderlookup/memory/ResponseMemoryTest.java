package io.github.orderlookup.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.admission.CallLimiter;
import io.github.orderlookup.admission.Limiters;
import io.github.orderlookup.admission.Waiting;
import io.github.orderlookup.memory.ResponseMemory.Claim;
import io.github.orderlookup.time.ManualTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ResponseMemoryTest {

    private final List<String> granted = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final ResponseMemory memory = new ResponseMemory(100);

    @Test
    void grantsMemoryUpToTheLimit() {
        assertThat(take("a", 60)).isTrue();
        assertThat(take("b", 40)).isTrue();
        assertThat(memory.isExhausted()).isFalse();
        assertThat(take("c", 1)).isFalse();
        assertThat(memory.waiting()).isEqualTo(1);
    }

    @Test
    void takesAnAnswerThatIsLargerThanTheLimitAlone() {
        Claim huge = claim("huge", 1_000);
        assertThat(huge.isGrantedAtOnce()).isTrue();
        assertThat(take("small", 1)).isFalse();

        huge.release();

        assertThat(granted).containsExactly("small");
    }

    @Test
    void letsNobodyOvertakeWhoWaits() {
        Claim tenth = claim("tenth", 10);
        Claim rest = claim("rest", 80);
        take("large", 50);
        take("small", 5);

        tenth.release();
        assertThat(granted).isEmpty();

        rest.release();
        assertThat(granted).containsExactly("large", "small");
        assertThat(memory.isExhausted()).isFalse();
    }

    @Test
    void doesNotCountSmallAnswers() {
        assertThat(ResponseMemory.of(16 * 1024 - 1)).isZero();
        assertThat(ResponseMemory.of(16 * 1024)).isEqualTo(5 * 16 * 1024L);
    }

    /** Whatever comes and goes: each gets memory once, and all of them in the end. */
    @Property(tries = 200)
    void neverHoldsMoreThanTheLimitUnlessForOneAlone(@ForAll long seed) {
        Random random = new Random(seed);
        ResponseMemory shared = new ResponseMemory(100);
        Queue<Claim> claims = new ArrayDeque<>();
        List<Long> sizes = new ArrayList<>();
        List<Long> decided = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            if (random.nextBoolean()) {
                long bytes = 1 + random.nextInt(150);
                sizes.add(bytes);
                Claim claim = shared.claim(bytes, has -> decided.add(bytes));
                claims.add(claim);
                if (claim.isGrantedAtOnce()) {
                    decided.add(bytes);
                }
            } else if (!claims.isEmpty()) {
                claims.remove().release();
            }
            assertThat(shared.held() <= 100 || sizes.contains(shared.held())).isTrue();
        }
        claims.forEach(Claim::release);
        assertThat(decided.size()).isLessThanOrEqualTo(sizes.size());
        assertThat(shared.held()).isZero();
        assertThat(shared.isExhausted()).isFalse();
    }

    @Test
    void startsNoCallWhileSeveralResponsesWaitForMemory() {
        CallLimiter limiter = limiter();
        Claim a = claim("a", 100);
        List.of("b", "c", "d", "e").forEach(name -> claim(name, 1));

        new Waiting("call", granted).enter(limiter);
        assertThat(granted).isEmpty();

        a.release();
        limiter.reconsider();
        assertThat(granted).containsExactly("b", "c", "d", "e", "call");
    }

    @Test
    void letsCallsStartBesideALargeResponse() {
        CallLimiter limiter = limiter();
        claim("large", 1_000);
        claim("large as well", 1_000);

        new Waiting("call", granted).enter(limiter);

        assertThat(granted).containsExactly("call");
    }

    private CallLimiter limiter() {
        return Limiters.limiter(
                8,
                0,
                new ResponseMemory.Shares(new ResponseMemory(1), memory),
                new ManualTime(),
                Runnable::run);
    }

    @Test
    void lacksNothingInOneShareForWhatTheOtherHolds() {
        ManualTime time = new ManualTime();
        ResponseMemory.Shares shares = new ResponseMemory.Shares(new ResponseMemory(1), memory);
        CallLimiter limiter = Limiters.limiter(8, 0, shares, time, Runnable::run);
        claim("of Kafka", 100);
        List.of("b", "c", "d", "e").forEach(name -> claim(name, 1));

        new Waiting("kafka", granted).enter(limiter);
        new Waiting("rest", granted).overRest().enter(limiter);

        assertThat(granted).containsExactly("rest");
    }

    @Test
    void forgetsAClaimThatIsReleasedWhileItWaits() {
        Claim a = claim("a", 100);
        Claim b = claim("b", 60);
        claim("c", 60);

        b.release();
        b.release();
        a.release();
        a.release();

        assertThat(granted).containsExactly("c");
        assertThat(memory.held()).isEqualTo(60);
    }

    @Test
    void refusesThoseThatWaitWhenItCloses() {
        claim("a", 100);
        claim("b", 1);

        memory.close();
        claim("late", 1);

        assertThat(refused).containsExactly("b", "late");
        assertThat(memory.waiting()).isZero();
    }

    private boolean take(String name, long bytes) {
        return claim(name, bytes).isGrantedAtOnce();
    }

    private Claim claim(String name, long bytes) {
        return memory.claim(bytes, has -> (has ? granted : refused).add(name));
    }
}
