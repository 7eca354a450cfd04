package io.github.orderlookup.partnercenter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.admission.CallLimiter;
import io.github.orderlookup.admission.Limiters;
import io.github.orderlookup.admission.Waiting;
import io.github.orderlookup.classification.FailureClassifier;
import io.github.orderlookup.lookup.UpstreamHealth;
import io.github.orderlookup.signin.AccessTokens;
import io.github.orderlookup.signin.SignInException;
import io.github.orderlookup.supervision.Supervisor;
import io.github.orderlookup.supervision.Worker;
import io.github.orderlookup.time.ManualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SignInWatchTest {

    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final SignInException DOWN =
            SignInException.unavailable("The login host is down.", (Throwable) null).again(WAIT);
    private static final SignInException REFUSED =
            SignInException.refused("The secret has expired.").again(WAIT);

    private final ManualTime time = new ManualTime();
    private final CallLimiter limiter = Limiters.limiter(8, 0, time);
    private final Deque<SignInException> failures = new ArrayDeque<>();
    private int attempts;
    private boolean replaced;
    private Duration untilReplacement = Duration.ZERO;
    private CompletableFuture<String> pending;
    private final Worker worker =
            new Supervisor(time.clock(), thrown -> {}).worker("sign-in", Duration.ofMinutes(1));
    private final SignInWatch watch = new SignInWatch(new Tokens(), limiter, time.timer(), worker);
    private final List<String> granted = new ArrayList<>();

    @Test
    void callsARefusedCredentialAnOutageAtOnce() {
        watch.failed(REFUSED);

        assertThat(limiter.outage()).contains("The secret has expired.");
    }

    @Test
    void isPausedWhileNoTokenCanBeHadAndSaysWhy() {
        failures.addAll(List.of(DOWN, DOWN));
        watch.failed(DOWN);
        time.advance(WAIT);

        assertThat(worker.pause())
                .hasValueSatisfying(
                        pause -> assertThat(pause.reason()).contains("login host is down"));
        assertThat(worker.isStalled()).isFalse();
        time.advance(WAIT.multipliedBy(3));

        assertThat(worker.pause()).isEmpty();
    }

    @Test
    void isStalledWhenARequestForATokenDoesNotEnd() {
        pending = new CompletableFuture<>();
        watch.pending();

        time.advance(Duration.ofSeconds(61));
        assertThat(worker.isStalled()).isTrue();
        pending.complete("token");

        assertThat(worker.isStalled()).isFalse();
    }

    @Test
    void callsALoginHostThatIsDownAnOutageFromTheThirdFailureOn() {
        failures.addAll(List.of(DOWN.again(WAIT, 2), DOWN.again(WAIT, 3)));

        watch.failed(DOWN);
        time.advance(WAIT);
        assertThat(limiter.outage()).isEmpty();
        time.advance(WAIT);

        assertThat(limiter.outage()).contains("The login host is down.");
    }

    @Test
    void countsOneFailureThoughManyMeetIt() {
        for (int n = 0; n < 100; n++) {
            watch.failed(DOWN);
        }

        assertThat(limiter.outage()).isEmpty();
        time.advance(WAIT);
        assertThat(attempts).isOne();
    }

    @Test
    void requestsATokenUntilThereIsOneAndLetsCallsStartThen() {
        failures.addAll(List.of(REFUSED, REFUSED));
        watch.failed(REFUSED);
        new Waiting("a", granted).enter(limiter);

        time.advance(WAIT.multipliedBy(2));
        assertThat(attempts).isEqualTo(2);
        assertThat(granted).isEmpty();
        time.advance(WAIT);

        assertThat(granted).containsExactly("a");
        assertThat(limiter.outage()).isEmpty();
        time.advance(Duration.ofHours(1));
        assertThat(attempts).isEqualTo(3);
    }

    @Test
    void asksNoMoreOnceTheLimiterIsClosed() {
        watch.failed(REFUSED);
        limiter.close();

        time.advance(Duration.ofHours(1));

        assertThat(attempts).isZero();
    }

    @Test
    void callsTokensRefusedForFiveLookupsInARowAnOutage() {
        refuse(4);
        watch.onTokenAccepted();
        refuse(4);
        assertThat(limiter.outage()).isEmpty();

        refuse(1);

        assertThat(limiter.outage()).contains("No token is good enough.");
    }

    @Test
    void letsOneLookupAtATimeFindOutWhetherTokensAreTakenAgain() {
        refuse(5);
        new Waiting("a", granted).enter(limiter);
        new Waiting("b", granted).enter(limiter);
        assertThat(granted).isEmpty();

        time.advance(UpstreamHealth.PROBE_INTERVAL);
        assertThat(granted).containsExactly("a");
        time.advance(UpstreamHealth.PROBE_INTERVAL);
        assertThat(granted).containsExactly("a", "b");

        watch.onTokenAccepted();
        assertThat(limiter.outage()).isEmpty();
        new Waiting("c", granted).enter(limiter);
        assertThat(granted).containsExactly("a", "b", "c");
        time.advance(Duration.ofHours(1));
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void waitsLongerBetweenProbesThanReplacementsArePutOff() {
        untilReplacement = Duration.ofSeconds(32);
        refuse(5);
        new Waiting("a", granted).enter(limiter);

        time.advance(Duration.ofSeconds(31));
        assertThat(granted).isEmpty();
        time.advance(Duration.ofSeconds(1));

        assertThat(granted).containsExactly("a");
    }

    @Test
    void keepsCallsBackUntilATokenIsThere() {
        CompletableFuture<String> slow = new CompletableFuture<>();
        pending = slow;
        watch.pending();
        watch.pending();
        new Waiting("a", granted).enter(limiter);
        assertThat(granted).isEmpty();
        assertThat(limiter.outage()).as("too early to say").isEmpty();

        slow.complete("token");

        assertThat(granted).containsExactly("a");
        assertThat(attempts).isOne();
    }

    @Test
    void takesATokenThatDoesNotComeForAFailure() {
        CompletableFuture<String> slow = new CompletableFuture<>();
        pending = slow;
        watch.pending();
        pending = null;
        new Waiting("a", granted).enter(limiter);

        slow.completeExceptionally(REFUSED);

        assertThat(limiter.outage()).contains("The secret has expired.");
        time.advance(WAIT);
        assertThat(granted).containsExactly("a");
    }

    @Test
    void requestsATokenAtOnceWhenTheCredentialWasReplaced() {
        watch.failed(REFUSED);
        new Waiting("a", granted).enter(limiter);
        watch.look();
        assertThat(granted).isEmpty();

        replaced = true;
        watch.look();

        assertThat(granted).containsExactly("a");
        assertThat(limiter.outage()).isEmpty();
        time.advance(Duration.ofMinutes(1));
        assertThat(attempts).as("the one that was scheduled is not sent").isOne();
    }

    @Test
    void waitsOnWhenTheReplacedCredentialIsRefusedToo() {
        failures.add(REFUSED);
        watch.failed(REFUSED);
        replaced = true;
        watch.look();
        assertThat(limiter.outage()).contains("The secret has expired.");
        assertThat(time.scheduled()).isOne();

        time.advance(WAIT);

        assertThat(limiter.outage()).isEmpty();
    }

    @Test
    void renewsAValidTokenAsideWhenAUserSignedInAnew() {
        pending = new CompletableFuture<>();
        replaced = true;

        watch.look();
        new Waiting("a", granted).enter(limiter);

        assertThat(attempts).isOne();
        assertThat(granted).containsExactly("a");
    }

    @Test
    void probesAtOnceWithATokenThatComesWhileEachIsRefused() {
        refuse(5);
        new Waiting("a", granted).enter(limiter);
        assertThat(granted).isEmpty();

        watch.onTokenIssued();

        assertThat(granted).containsExactly("a");
    }

    private void refuse(int lookups) {
        for (int n = 0; n < lookups; n++) {
            watch.refused(FailureClassifier.signIn(true, "No token is good enough.", null));
        }
    }

    private final class Tokens implements AccessTokens {
        @Override
        public CompletableFuture<String> request() {
            attempts++;
            if (pending != null) {
                return pending;
            }
            SignInException failure = failures.poll();
            return failure != null
                    ? CompletableFuture.failedFuture(failure)
                    : CompletableFuture.completedFuture("token");
        }

        @Override
        public boolean isCredentialReplaced() {
            boolean was = replaced;
            replaced = false;
            return was;
        }

        @Override
        public Duration untilReplacement() {
            return untilReplacement;
        }

        @Override
        public void reject(String token) {
            throw new AssertionError(token);
        }
    }
}
