package io.github.orderlookup.partnercenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.orderlookup.http.CallAbandonedException;
import io.github.orderlookup.http.DeadConnectionException;
import io.github.orderlookup.http.DeadlinePassedException;
import io.github.orderlookup.http.ResponseTooLargeException;
import io.github.orderlookup.lookup.Failure;
import io.github.orderlookup.lookup.ProblemType;
import io.github.orderlookup.lookup.RetryDecision.End;
import io.github.orderlookup.memory.NoMemoryException;
import io.github.orderlookup.signin.SignInException;
import io.github.orderlookup.signin.TokenPendingException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailedCallTest {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** The exception, how the attempt ended, the failure of the lookup, and the evidence. */
    static Stream<Arguments> exceptions() {
        ProblemType unavailable = ProblemType.UPSTREAM_UNAVAILABLE;
        ProblemType timeout = ProblemType.UPSTREAM_TIMEOUT;
        ProblemType unusable = ProblemType.INVALID_UPSTREAM_RESPONSE;
        ProblemType denied = ProblemType.AUTHENTICATION_FAILED;
        return Stream.of(
                arguments(new CallAbandonedException(), End.ABANDONED, null, null),
                arguments(new TokenPendingException(), End.TOKEN_PENDING, null, null),
                arguments(new NoMemoryException(), End.NO_MEMORY, null, null),
                arguments(cutAfter(8_999), End.DEADLINE, null, null),
                arguments(cutAfter(9_000), End.DEADLINE, null, timeout),
                arguments(SignInException.refused("x"), End.NO_TOKEN, denied, null),
                arguments(
                        SignInException.unavailable("x", (Throwable) null),
                        End.NO_TOKEN,
                        unavailable,
                        null),
                arguments(new ResponseTooLargeException(1), End.FAILED, unusable, unusable),
                arguments(new ZipException(), End.FAILED, unusable, unusable),
                arguments(new SocketTimeoutException(), End.FAILED, timeout, timeout),
                arguments(new ConnectException(), End.FAILED, unavailable, unavailable),
                arguments(new ConnectTimeoutException("x"), End.FAILED, unavailable, unavailable),
                arguments(new ConnectionClosedException(), End.FAILED, unavailable, unavailable),
                arguments(
                        new DeadConnectionException(new IOException("reset")),
                        End.FAILED,
                        timeout,
                        null));
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void isClassifiedByItsException(
            Exception thrown, End end, ProblemType failure, ProblemType evidence) {
        FailedCall call = FailedCall.of(thrown, LONGEST);

        assertThat(call.end()).isEqualTo(end);
        assertThat(type(call.failure())).isEqualTo(failure);
        assertThat(type(call.evidence())).isEqualTo(evidence);
        assertThat(call.error()).isNotBlank();
    }

    @Test
    void passesOnWhatIsNoFailureOfACall() {
        IllegalStateException defect = new IllegalStateException("defect");

        assertThatThrownBy(() -> FailedCall.of(defect, LONGEST)).isSameAs(defect);
    }

    private static DeadlinePassedException cutAfter(long millis) {
        return new DeadlinePassedException(Duration.ofMillis(millis));
    }

    private static ProblemType type(Failure failure) {
        return failure == null ? null : failure.type();
    }
}
