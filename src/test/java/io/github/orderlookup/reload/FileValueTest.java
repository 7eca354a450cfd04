package io.github.orderlookup.reload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.settings.format.MalformedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of files that change in every way in which files do. */
class FileValueTest {

    @TempDir private Path directory;

    private Path file;
    private FileValue<String> value;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("value"), "v1");
        value = valueOf(file);
    }

    @Test
    void readsTheFileAtOnce() {
        assertThat(value.value()).isEqualTo("v1");
        assertThat(value.fault()).isEmpty();
        assertThat(value.look()).isFalse();
    }

    @Test
    void takesNewContentOnceTwoLooksHaveFoundTheSame() throws IOException {
        Files.writeString(file, "v2");

        assertThat(value.look()).isFalse();
        assertThat(value.value()).isEqualTo("v1");
        assertThat(value.look()).isTrue();
        assertThat(value.value()).isEqualTo("v2");
        assertThat(value.look()).isFalse();
    }

    @Test
    void takesNewContentAtOnceWhereItIsNeededNow() throws IOException {
        Files.writeString(file, "v2");

        assertThat(value.lookNow()).isTrue();
        assertThat(value.value()).isEqualTo("v2");
        assertThat(value.lookNow()).isFalse();
    }

    @Test
    void takesNothingOfAFileThatIsBeingWritten() throws IOException {
        for (String written : List.of("", "v", "v2-", "v2-and", "v2-and-more")) {
            Files.writeString(file, written);
            value.look();
            assertThat(value.value()).isEqualTo("v1");
            assertThat(value.fault()).isEmpty();
        }

        value.look();

        assertThat(value.value()).isEqualTo("v2-and-more");
    }

    @Test
    void noticesAFileOfTheSameSizeAndDate() throws IOException {
        FileTime date = Files.getLastModifiedTime(file);
        Files.writeString(file, "v2");
        Files.setLastModifiedTime(file, date);

        assertThat(value.lookNow()).isTrue();
    }

    @Test
    void noticesAReplacedFile() throws IOException {
        Path next = Files.writeString(directory.resolve("value.new"), "v2");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);

        assertThat(value.lookNow()).isTrue();
        assertThat(value.value()).isEqualTo("v2");
    }

    /** As the kubelet does with the volume of a secret. */
    @Test
    void noticesASwappedLink() throws IOException {
        for (String version : List.of("..1", "..2")) {
            Files.createDirectory(directory.resolve(version));
        }
        Files.writeString(directory.resolve("..1/secret"), "v1");
        Files.writeString(directory.resolve("..2/secret"), "v2");
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..1"));
        Path secret =
                Files.createSymbolicLink(directory.resolve("secret"), Path.of("..data/secret"));
        FileValue<String> linked = valueOf(secret);
        Path next = Files.createSymbolicLink(directory.resolve("..tmp"), Path.of("..2"));
        Files.move(next, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);

        assertThat(linked.lookNow()).isTrue();
        assertThat(linked.value()).isEqualTo("v2");
    }

    @Test
    void keepsTheValueOfAFileThatCannotBeUsedAndSaysWhy() throws IOException {
        Files.writeString(file, "bad");
        value.look();
        assertThat(value.fault()).isEmpty();
        value.look();

        assertThat(value.value()).isEqualTo("v1");
        assertThat(value.fault()).contains("no version");

        Files.writeString(file, "v3");
        value.look();
        value.look();
        assertThat(value.fault()).isEmpty();
        assertThat(value.value()).isEqualTo("v3");
    }

    @Test
    void keepsTheValueOfAFileThatIsGoneUntilItIsBack() throws IOException {
        Files.delete(file);
        value.look();
        value.look();

        assertThat(value.value()).isEqualTo("v1");
        assertThat(value.fault().orElseThrow()).contains(file.toString(), "does not exist");

        Files.writeString(file, "v1");
        value.look();
        assertThat(value.look()).isFalse();
        assertThat(value.fault()).isEmpty();
    }

    @Test
    void keepsTheValueOfAFileThatBecameADirectory() throws IOException {
        Files.delete(file);
        Files.createDirectory(file);
        value.look();
        value.look();

        assertThat(value.value()).isEqualTo("v1");
        assertThat(value.fault().orElseThrow()).contains("directory");
    }

    @Test
    void doesNotReportAFileThatCannotBeUsedYetWhereItIsNeededNow() throws IOException {
        Files.writeString(file, "");

        assertThat(value.lookNow()).isFalse();
        assertThat(value.fault()).isEmpty();
        assertThat(value.value()).isEqualTo("v1");
    }

    @Test
    void hasNoValueUntilTheFileCanBeUsedForTheFirstTime() throws IOException {
        FileValue<String> late = valueOf(directory.resolve("late"));

        assertThat(late.value()).isNull();
        assertThat(late.fault().orElseThrow()).contains("does not exist");

        Files.writeString(directory.resolve("late"), "v1");
        assertThat(late.lookNow()).isTrue();
        assertThat(late.fault()).isEmpty();
    }

    @Test
    void takesFilesThatBelongTogetherOnlyTogether() throws IOException {
        Path other = Files.writeString(directory.resolve("other"), "v1");
        FileValue<String> pair =
                new FileValue<>(
                        "pair",
                        "key",
                        List.of(file, other),
                        (contents, present) -> {
                            String left = version(contents.get(0));
                            if (!left.equals(version(contents.get(1)))) {
                                throw new MalformedException("no pair");
                            }
                            return left;
                        });

        Files.writeString(file, "v2");
        assertThat(pair.lookNow()).isFalse();
        assertThat(pair.value()).isEqualTo("v1");
        Files.writeString(other, "v2");
        assertThat(pair.lookNow()).isTrue();
        assertThat(pair.value()).isEqualTo("v2");
    }

    @Test
    void looksAgainAtContentThatCanBeUsedLater() throws IOException {
        boolean[] valid = {true};
        FileValue<String> dated =
                new FileValue<>(
                        "dated",
                        "key",
                        List.of(file),
                        (contents, present) -> {
                            if (!valid[0]) {
                                throw new MalformedException("not valid yet");
                            }
                            return version(contents.get(0));
                        });
        valid[0] = false;
        Files.writeString(file, "v2");
        dated.look();
        dated.look();
        assertThat(dated.fault()).contains("not valid yet");

        valid[0] = true;

        assertThat(dated.look()).isTrue();
        assertThat(dated.value()).isEqualTo("v2");
        assertThat(dated.fault()).isEmpty();
    }

    @Test
    void showsNothingOfTheContent() {
        assertThat(value).hasToString("FileValue[value]");
        assertThat(FileSnapshot.of(List.of(file), 1 << 20).toString()).doesNotContain("v1");
    }

    private static FileValue<String> valueOf(Path file) {
        return new FileValue<>(
                "value",
                "partner-center.value-file",
                List.of(file),
                (List<byte[]> contents, @Nullable String present) -> version(contents.get(0)));
    }

    private static String version(byte[] content) throws MalformedException {
        String text = new String(content, UTF_8);
        if (!text.startsWith("v")) {
            throw new MalformedException("no version");
        }
        return text;
    }
}
