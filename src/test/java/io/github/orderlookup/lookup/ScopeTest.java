package io.github.orderlookup.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScopeTest {

    private final Lookup lookup = new Lookup(Source.REST, null, Instant.EPOCH);
    private final List<String> events = new ArrayList<>();

    @Test
    void releasesEachResourceOnce() {
        Hold permit = lookup.hold(() -> events.add("permit"));
        lookup.hold(() -> events.add("memory"));

        permit.release();
        permit.release();
        lookup.release();
        lookup.release();

        assertThat(events).containsExactly("permit", "memory");
    }

    @Test
    void releasesAtOnceWhatIsHeldForALookupThatIsOver() {
        lookup.release();

        lookup.hold(() -> events.add("memory"));

        assertThat(events).containsExactly("memory");
    }

    @Test
    void releasesTheOthersWhenOneFails() {
        lookup.hold(
                () -> {
                    throw new StackOverflowError("of the first");
                });
        lookup.hold(
                () -> {
                    throw new IllegalStateException("of the second");
                });
        lookup.hold(() -> events.add("third"));

        assertThatThrownBy(lookup::release)
                .isInstanceOf(StackOverflowError.class)
                .hasSuppressedException(new IllegalStateException("of the second"));
        assertThat(events).containsExactly("third");
    }

    @Test
    void notifiesListenersOnceWhenTheCallerIsGone() {
        lookup.onCancel(() -> events.add("first"));
        lookup.onCancel(() -> events.add("withdrawn")).release();

        lookup.cancel();
        lookup.cancel();

        assertThat(events).containsExactly("first");
        assertThat(lookup.isCancelled()).isTrue();
    }

    @Test
    void notifiesAListenerAtOnceWhenTheCallerIsGoneAlready() {
        lookup.cancel();

        lookup.onCancel(() -> events.add("late"));

        assertThat(events).containsExactly("late");
    }

    @Test
    void notifiesNobodyOfALookupThatIsOver() {
        lookup.onCancel(() -> events.add("early"));
        lookup.release();

        lookup.cancel();
        lookup.onCancel(() -> events.add("late"));

        assertThat(events).isEmpty();
        assertThat(lookup.isCancelled()).isFalse();
    }
}
