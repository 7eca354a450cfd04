package io.github.orderlookup.cli.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.settings.Secret;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class ProofTest {

    /** Source: RFC 7636, appendix B. */
    @Test
    void hashesTheVerifierAsTheStandardDoes() {
        Secret verifier = new Secret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

        assertThat(new Proof(new Secret("state"), verifier).challenge())
                .isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    @Test
    void isAnotherOneForEachSignIn() {
        SecureRandom random = new SecureRandom();
        Proof first = Proof.random(random);
        Proof second = Proof.random(random);

        assertThat(first.verifier().reveal()).matches("[A-Za-z0-9_-]{43}");
        assertThat(first.state()).isNotEqualTo(second.state()).isNotEqualTo(first.verifier());
        assertThat(first.verifier()).isNotEqualTo(second.verifier());
        assertThat(first.toString()).doesNotContain(first.verifier().reveal());
    }
}
