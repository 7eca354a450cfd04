package io.github.orderlookup.signin.entra;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import com.microsoft.aad.msal4j.IClientSecret;
import io.github.orderlookup.reload.RewrittenFile;
import io.github.orderlookup.settings.Credential;
import io.github.orderlookup.signin.SignInException;
import java.time.Instant;
import java.time.InstantSource;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** The file of a secret has changed; a sign-in needs it while the watch looks at it. */
public final class ClientCredentialsStress {

    private static final RewrittenFile FILE = new RewrittenFile();
    private static final InstantSource WALL = InstantSource.fixed(Instant.EPOCH);

    private ClientCredentialsStress() {}

    @JCStressTest
    @Description("F5: a sign-in starts while the watch takes the new secret.")
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "It sends the new secret.")
    @Outcome(expect = FORBIDDEN, desc = "It sends the old secret.")
    @State
    public static class SignInWhileTaken {
        private final ClientCredentials credentials =
                ClientCredentials.of(new Credential.ClientSecretFile(FILE.path()), WALL);
        private final String old = secret();

        public SignInWhileTaken() {
            FILE.rewrite();
        }

        private String secret() {
            try {
                return ((IClientSecret) credentials.current()).clientSecret();
            } catch (SignInException e) {
                throw new IllegalStateException(e);
            }
        }

        @Actor
        public void signIn(ZZ_Result result) {
            credentials.lookAgain();
            result.r1 = !secret().equals(old);
        }

        @Actor
        public void watch(ZZ_Result result) {
            credentials.file().orElseThrow().lookNow();
            result.r2 = !secret().equals(old);
        }
    }
}
