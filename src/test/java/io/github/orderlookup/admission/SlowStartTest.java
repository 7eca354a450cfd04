package io.github.orderlookup.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlowStartTest {

    private static final Duration STEP = Duration.ofMillis(500);

    private SlowStart start = new SlowStart(10);
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void usesAllSlotsAtFirst() {
        assertThat(leaveAll()).hasSize(10);
    }

    @Test
    void doublesWithEachStepInWhichACallIsAnswered() {
        start.begin(now);
        List<Integer> limits = new ArrayList<>();

        for (int step = 0; step < 6; step++) {
            List<Integer> underWay = leaveAll();
            limits.add(underWay.size());
            now = now.plus(STEP);
            underWay.forEach(round -> start.callEnds(round, true, now));
        }

        assertThat(limits).containsExactly(1, 2, 4, 8, 10, 10);
    }

    @Test
    void isOverOnceAllSlotsCanBeUsed() {
        assertThat(start.isOver()).isTrue();
        start.begin(now);

        for (int step = 0; step < 4; step++) {
            assertThat(start.isOver()).isFalse();
            now = now.plus(STEP);
            leaveAll().forEach(round -> start.callEnds(round, true, now));
        }

        assertThat(start.isOver()).isTrue();
    }

    @Test
    void doesNotGrowWithinAStep() {
        start.begin(now);
        now = now.plus(STEP).minusMillis(1);

        leaveAll().forEach(round -> start.callEnds(round, true, now));

        assertThat(leaveAll()).hasSize(1);
    }

    @Test
    void doesNotGrowByFailures() {
        start.begin(now);
        now = now.plus(STEP);

        leaveAll().forEach(round -> start.callEnds(round, false, now));

        assertThat(leaveAll()).hasSize(1);
    }

    @Test
    void doesNotWaitForCallsThatLeftBefore() {
        List<Integer> hanging = leaveAll();
        start.begin(now);

        assertThat(leaveAll()).hasSize(1);
        hanging.forEach(round -> start.callEnds(round, true, now.plus(STEP)));
        assertThat(leaveAll()).isEmpty();
    }

    @Test
    void climbsAfterTheFirstCallOfAProcessWhateverComesOfIt() {
        start = SlowStart.cold(100, () -> false);
        List<Integer> underWay = new ArrayList<>();
        int sum = 0;

        for (int step = 0; step < 4; step++) {
            sum += leaveAll().size();
            underWay.add(sum);
            now = now.plus(STEP);
        }

        assertThat(underWay).containsExactly(32, 64, 100, 100);
        assertThat(start.isOver()).isTrue();
    }

    @Test
    void knowsWhenTheNextCallOfAColdProcessMayStart() {
        start = SlowStart.cold(100, () -> false);
        leaveAll();

        assertThat(start.nextCall(now)).isEqualTo(now.plus(STEP));
    }

    @Test
    void climbsByAnswersAloneWhileTheProcessIsShortOfProcessorTime() {
        start = SlowStart.cold(100, () -> true);
        List<Integer> underWay = leaveAll();
        now = now.plus(STEP);
        assertThat(leaveAll()).isEmpty();
        assertThat(start.nextCall(now)).isAfter(now);

        start.callEnds(underWay.get(0), true, now);

        assertThat(leaveAll()).hasSize(33);
    }

    private List<Integer> leaveAll() {
        List<Integer> left = new ArrayList<>();
        while (!start.nextCall(now).isAfter(now)) {
            left.add(start.callStarts(now));
        }
        return left;
    }
}
