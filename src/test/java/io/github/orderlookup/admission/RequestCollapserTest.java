package io.github.orderlookup.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.lookup.Source;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RequestCollapserTest {

    private final RequestCollapser collapser = new RequestCollapser();

    @Test
    void letsALaterPermitFollowAnEarlierOneForTheSameOrder() {
        CallPermit first = permit("order", true, Source.KAFKA, 0);
        CallPermit second = permit("order", true, Source.KAFKA, 1);

        assertThat(collapser.join(first)).isFalse();
        assertThat(collapser.join(second)).isTrue();
        assertThat(first.mayBeGranted()).isTrue();
        assertThat(second.mayBeGranted()).isFalse();
    }

    @Test
    void keepsOrdersApart() {
        collapser.join(permit("order", true, Source.KAFKA, 0));

        assertThat(collapser.join(permit("other", true, Source.KAFKA, 1))).isFalse();
    }

    @Test
    void sharesNoCallWhereCollapsingIsOff() {
        collapser.join(permit("order", false, Source.KAFKA, 0));

        assertThat(collapser.join(permit("order", false, Source.KAFKA, 1))).isFalse();
    }

    @Test
    void givesTheLeadToACallerAndToAnEarlierPlace() {
        CallPermit kafka = permit("order", true, Source.KAFKA, 5);
        CallPermit earlier = permit("order", true, Source.KAFKA, 4);
        CallPermit rest = permit("order", true, Source.REST, 6);

        collapser.join(kafka);
        collapser.join(earlier);
        assertThat(kafka.sharing.isFollowing()).isTrue();

        collapser.join(rest);
        assertThat(earlier.sharing.isFollowing()).isTrue();
        assertThat(collapser.separate(rest)).containsExactlyInAnyOrder(kafka, earlier);
    }

    @Test
    void joinsNoCallThatHasStarted() {
        CallPermit started = permit("order", true, Source.KAFKA, 0);
        collapser.join(started);
        collapser.close(started);

        assertThat(collapser.join(permit("order", true, Source.KAFKA, 1))).isFalse();
    }

    @Test
    void takesASeparatedFollowerOutOfTheSharedCall() {
        CallPermit leader = permit("order", true, Source.KAFKA, 0);
        CallPermit gone = permit("order", true, Source.KAFKA, 1);
        collapser.join(leader);
        collapser.join(gone);

        assertThat(collapser.separate(gone)).isEmpty();
        assertThat(gone.sharing.isFollowing()).isFalse();
        assertThat(collapser.separate(leader)).isEmpty();
    }

    private static CallPermit permit(String order, boolean collapse, Source source, long place) {
        return new CallPermit(
                order,
                collapse,
                "customer",
                source,
                true,
                false,
                Instant.EPOCH,
                null,
                place,
                any -> {});
    }
}
