package io.github.orderlookup.signin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.orderlookup.settings.Secret;
import io.github.orderlookup.signin.SignInException;
import io.github.orderlookup.time.ManualClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenStoreTest {
    private static final Secret FIRST = new Secret("CANARY-first");
    private static final Secret ROTATED = new Secret("CANARY-rotated");
    private static final Secret OTHER = new Secret("CANARY-other");

    @TempDir private Path directory;

    private final ManualClock clock = new ManualClock();
    private final List<Duration> waits = new ArrayList<>();

    @Test
    void startsWithTheSetting() throws Exception {
        assertThat(newest(store(FIRST))).isEqualTo(FIRST);
    }

    @Test
    void theStoredTokenWinsOverTheSettingItCameFrom() throws Exception {
        write(store(FIRST), ROTATED);

        assertThat(newest(store(FIRST))).isEqualTo(ROTATED);
    }

    @Test
    void aChangedSettingWinsOverTheStoredToken() throws Exception {
        write(store(FIRST), ROTATED);

        assertThat(newest(store(OTHER))).isEqualTo(OTHER);
    }

    @Test
    void aSettingThatIsTakenAwayAndComesBackChangesNothing() throws Exception {
        write(store(FIRST), ROTATED);

        assertThat(newest(store(null))).isEqualTo(ROTATED);
        write(store(null), OTHER);
        assertThat(newest(store(null))).isEqualTo(OTHER);
        assertThat(newest(store(FIRST))).isEqualTo(OTHER);
    }

    @Test
    void asksForATokenWhenThereIsNone() {
        assertThatThrownBy(() -> newest(store(null)))
                .isInstanceOf(SignInException.class)
                .hasMessageContaining("partner-center.refresh-token");
    }

    @Test
    void leavesOneFileThatOnlyItsOwnerCanReadBesideTheLock() throws Exception {
        write(store(FIRST), ROTATED);
        write(store(FIRST), OTHER);

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactlyInAnyOrder(file(), directory.resolve("tokens.lock"));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(directory.resolve("tokens.lock"))))
                .isEqualTo("rw-------");
    }

    @Test
    void keepsNoCopyOfTheSetting() throws Exception {
        write(store(FIRST), ROTATED);

        assertThat(Files.readString(file())).contains("CANARY-rotated").doesNotContain("first");
    }

    @Test
    void overwritesWhatACrashLeft() throws Exception {
        Files.writeString(directory.resolve("tokens.new"), "{\"refreshTo");

        write(store(FIRST), ROTATED);

        assertThat(newest(store(FIRST))).isEqualTo(ROTATED);
        assertThat(directory.resolve("tokens.new")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"refreshToken\":\"CANARY",
                "{\"refreshToken\":\"\"}",
                "{\"CANARY\":1}",
                "\"CANARY\"",
                "CANARY",
            })
    void saysThatTheFileIsDamagedAndNothingOfItsContent(String content) throws Exception {
        Files.createFile(
                file(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file(), content);

        SignInException failure =
                catchThrowableOfType(SignInException.class, () -> newest(store(FIRST)));

        assertThat(failure.refused()).isTrue();
        assertThat(failure)
                .hasMessageContaining("partner-center.token-store is damaged")
                .hasNoCause();
        assertThat(failure.detail()).doesNotContain("CANARY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw-rw----", "rwxrwxrwx"})
    void refusesAFileThatOthersCanReadOrWrite(String mode) throws Exception {
        write(store(FIRST), ROTATED);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(mode));

        assertThatThrownBy(() -> newest(store(FIRST)))
                .isInstanceOf(SignInException.class)
                .hasMessageContaining(mode)
                .hasMessageContaining("0600");
    }

    @Test
    void refusesADirectory() throws Exception {
        Files.createDirectory(
                file(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));

        assertThatThrownBy(() -> newest(store(FIRST))).isInstanceOf(SignInException.class);
        assertThatThrownBy(() -> write(store(FIRST), ROTATED))
                .isInstanceOf(SignInException.class)
                .hasMessageContaining("cannot be written");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void keepsTheOldTokenWhenThereIsNoSpaceForTheNewOne() throws Exception {
        write(store(FIRST), ROTATED);

        String said = inAProcessThatMayFillNoFile(WriteAnother.class);

        assertThat(said).contains("cannot be written").doesNotContain("CANARY");
        assertThat(newest(store(FIRST))).isEqualTo(ROTATED);
    }

    private String inAProcessThatMayFillNoFile(Class<?> main) throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "ulimit -f 0; exec \"$@\"",
                                "sh",
                                java.toString(),
                                "-XX:-UsePerfData",
                                main.getName(),
                                file().toString())
                        .redirectErrorStream(true);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.start();
        try (InputStream out = process.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static final class WriteAnother {
        public static void main(String[] arguments) {
            try {
                write(
                        new TokenStore(
                                Path.of(arguments[0]), FIRST, new ManualClock(), duration -> {}),
                        OTHER);
            } catch (SignInException e) {
                System.out.println(e.detail());
            }
        }
    }

    @Test
    void saysThatItsDirectoryIsMissing() {
        TokenStore store =
                new TokenStore(directory.resolve("none/tokens"), FIRST, clock, waits::add);

        SignInException failure = catchThrowableOfType(SignInException.class, store::lock);

        assertThat(failure.refused()).isTrue();
        assertThat(failure).hasMessageContaining("directory must exist");
    }

    @Test
    void replacesTheFileThatALinkPointsTo() throws Exception {
        Path real = Files.createDirectory(directory.resolve("real")).resolve("file");
        write(new TokenStore(real, FIRST, clock, waits::add), ROTATED);
        Files.createSymbolicLink(file(), real);

        write(store(FIRST), OTHER);

        assertThat(file()).isSymbolicLink();
        assertThat(newest(new TokenStore(real, FIRST, clock, waits::add))).isEqualTo(OTHER);
    }

    @Test
    void waitsForTheOtherWhoRenewsAndReadsWhatThatOneWrote() throws Exception {
        TokenStore.Lock other = store(FIRST).lock();
        TokenStore waiting =
                new TokenStore(
                        file(),
                        FIRST,
                        clock,
                        wait -> {
                            waits.add(wait);
                            if (waits.size() == 3) {
                                writeUnchecked(other, ROTATED);
                                other.close();
                            }
                        });

        assertThat(newest(waiting)).isEqualTo(ROTATED);
        assertThat(waits).hasSize(3);
    }

    @Test
    void givesUpWaitingAfterAMinuteWithoutBlamingTheCredential() throws Exception {
        try (TokenStore.Lock other = store(FIRST).lock()) {
            SignInException failure =
                    catchThrowableOfType(SignInException.class, () -> store(FIRST).lock());

            assertThat(failure.refused()).isFalse();
            assertThat(waits.stream().reduce(Duration.ZERO, Duration::plus))
                    .isEqualTo(Duration.ofMinutes(1));
            assertThat(other.newest()).isEqualTo(FIRST);
        }
    }

    @Test
    void theTokenOfANewSignInWinsOverTheSettingAndOverADamagedFile() throws Exception {
        Files.writeString(file(), "half a fi");

        signIn(store(FIRST), OTHER);

        assertThat(newest(store(FIRST))).isEqualTo(OTHER);
        assertThat(newest(store(ROTATED))).as("a setting changed since").isEqualTo(ROTATED);
        Files.writeString(file(), "half a fi");
        signIn(store(null), OTHER);
        assertThat(newest(store(null))).isEqualTo(OTHER);
    }

    @Test
    void tellsANewSignInFromARenewal() throws Exception {
        StoredCredential empty = store(null).state();
        signIn(store(null), FIRST);
        StoredCredential first = store(null).state();
        write(store(null), ROTATED);
        StoredCredential renewed = store(null).state();
        clock.advance(Duration.ofMinutes(1));
        signIn(store(null), OTHER);
        TokenStore store = store(null);

        assertThat(empty).isEqualTo(StoredCredential.NONE);
        assertThat(renewed.version()).isNotEqualTo(first.version());
        assertThat(renewed.signIn()).isEqualTo(first.signIn()).isNotEmpty();
        assertThat(store.state().signIn()).isNotEqualTo(first.signIn());
        assertThat(store.state()).isSameAs(store.state());
    }

    private Path file() {
        return directory.resolve("tokens");
    }

    private TokenStore store(@Nullable Secret setting) {
        return new TokenStore(file(), setting, clock, waits::add);
    }

    private static Secret newest(TokenStore store) throws SignInException {
        try (TokenStore.Lock lock = store.lock()) {
            return lock.newest();
        }
    }

    private static void write(TokenStore store, Secret token) throws SignInException {
        try (TokenStore.Lock lock = store.lock()) {
            lock.write(token);
        }
    }

    private static void signIn(TokenStore store, Secret token) throws SignInException {
        try (TokenStore.Lock lock = store.lock()) {
            lock.writeSignIn(token);
        }
    }

    private static void writeUnchecked(TokenStore.Lock lock, Secret token) {
        try {
            lock.write(token);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
