package io.github.orderlookup.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.cli.check.network.Pki;
import io.github.orderlookup.reload.FileValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The authorities of this JVM and those of a file that changes. */
class TrustedAuthoritiesTest {

    private static final String MADE = "CN=Authority of the tests";
    private static final String SIMULATOR = "CN=localhost";

    @TempDir private static Path directory;
    private static String made;
    private static String simulator;
    private static List<X509Certificate> ofTheJvm;

    private Path file;
    private TrustedAuthorities authorities;
    private FileValue<?> watched;

    @BeforeAll
    static void makeAuthorities() throws Exception {
        Path store = new Pki(directory).authority();
        made = Files.readString(PemFiles.ofStore(directory.resolve("made.pem"), store));
        simulator = Files.readString(PemFiles.ofTheSimulator(directory));
        ofTheJvm = new TrustedAuthorities(null).certificates();
    }

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("authorities.pem"), made);
        authorities = new TrustedAuthorities(file);
        watched = authorities.file().orElseThrow();
    }

    @Test
    void trustsThoseOfTheFileBesidesThoseOfTheJvm() {
        assertThat(authorities.certificates()).containsAll(ofTheJvm);
        assertThat(added()).containsExactly(MADE);
    }

    @Test
    void trustsThoseThatTheFileHoldsByThen() throws IOException {
        SSLContext before = authorities.tls();
        assertThat(authorities.tls()).isSameAs(before);

        Files.writeString(file, simulator);
        watched.look();
        watched.look();

        assertThat(added()).containsExactly(SIMULATOR);
        assertThat(authorities.certificates()).containsAll(ofTheJvm);
        assertThat(authorities.tls()).isNotSameAs(before);
    }

    @Test
    void trustsThoseBeforeWhileTheFileCannotBeUsed() throws IOException {
        for (String wrong : List.of("", "no certificate", made.substring(0, made.length() / 2))) {
            Files.writeString(file, wrong);
            watched.look();
            watched.look();

            assertThat(watched.fault()).get().asString().contains(file.toString());
            assertThat(added()).containsExactly(MADE);
        }

        Files.writeString(file, made);
        watched.look();
        watched.look();

        assertThat(watched.fault()).isEmpty();
    }

    @Test
    void trustsThoseOfTheJvmAloneAsLongAsTheFileCouldNeverBeUsed() throws IOException {
        Files.delete(file);
        TrustedAuthorities late = new TrustedAuthorities(file);

        assertThat(late.certificates()).containsExactlyInAnyOrderElementsOf(ofTheJvm);
        assertThat(late.file().orElseThrow().fault()).get().asString().contains("does not exist");
    }

    @Test
    void readsABundleLargerThanOtherFiles() throws IOException {
        Files.writeString(file, "#".repeat(2 << 20) + "\n" + simulator);
        watched.lookNow();
        assertThat(added()).containsExactly(SIMULATOR);

        Files.writeString(file, "#".repeat(8 << 20) + "\n" + made);
        watched.look();
        watched.look();

        assertThat(watched.fault()).get().asString().endsWith("is larger than 8 MiB");
        assertThat(added()).containsExactly(SIMULATOR);
    }

    private List<String> added() {
        return authorities.certificates().stream()
                .filter(certificate -> !ofTheJvm.contains(certificate))
                .map(certificate -> certificate.getSubjectX500Principal().getName())
                .toList();
    }
}
