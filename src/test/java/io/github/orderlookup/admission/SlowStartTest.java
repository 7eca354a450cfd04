package io.github.orderlookup.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.lookup.Source;
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
            List<CallPermit> underWay = leaveAll();
            limits.add(underWay.size());
            now = now.plus(STEP);
            underWay.forEach(permit -> start.callEnds(permit, true, now));
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
            leaveAll().forEach(permit -> start.callEnds(permit, true, now));
        }

        assertThat(start.isOver()).isTrue();
    }

    @Test
    void doesNotGrowWithinAStep() {
        start.begin(now);
        now = now.plus(STEP).minusMillis(1);

        leaveAll().forEach(permit -> start.callEnds(permit, true, now));

        assertThat(leaveAll()).hasSize(1);
    }

    @Test
    void doesNotGrowByFailures() {
        start.begin(now);
        now = now.plus(STEP);

        leaveAll().forEach(permit -> start.callEnds(permit, false, now));

        assertThat(leaveAll()).hasSize(1);
    }

    @Test
    void doesNotWaitForCallsThatLeftBefore() {
        List<CallPermit> hanging = leaveAll();
        start.begin(now);

        assertThat(leaveAll()).hasSize(1);
        hanging.forEach(permit -> start.callEnds(permit, true, now.plus(STEP)));
        assertThat(leaveAll()).isEmpty();
    }

    @Test
    void climbsAfterTheFirstCallOfAProcessWhateverComesOfIt() {
        start = SlowStart.cold(100);
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
    void saysWhenTheNextCallOfAColdProcessMayLeave() {
        start = SlowStart.cold(100);
        leaveAll();

        assertThat(start.nextCall(now)).isEqualTo(now.plus(STEP));
    }

    private List<CallPermit> leaveAll() {
        List<CallPermit> left = new ArrayList<>();
        while (!start.nextCall(now).isAfter(now)) {
            CallPermit permit =
                    new CallPermit("", false, "", Source.KAFKA, true, now, null, any -> {});
            start.callStarts(permit, now);
            left.add(permit);
        }
        return left;
    }
}
