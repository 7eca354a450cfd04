package io.github.orderlookup.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryClaimTest {

    private static final int MOST = 1_000_000;

    private final ResponseMemory memory = new ResponseMemory(ResponseMemory.of(MOST));

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 1, 16_382, 16_383, 16_384, 262_143, 262_144, 262_145, 999_999, 1_000_000,
                1_000_001, 2_000_000
            })
    void readsWhatThereIsUpToTheMost(int length) throws IOException {
        byte[] content = content(length);
        byte[] expected = java.util.Arrays.copyOf(content, Math.min(length, MOST));

        assertThat(read(content, -1)).isEqualTo(expected);
        assertThat(read(content, length)).isEqualTo(expected);
        assertThat(read(content, length / 2)).isEqualTo(expected);
        assertThat(read(content, length * 2L)).isEqualTo(expected);
        assertThat(memory.held()).isZero();
    }

    @Test
    void holdsInTheEndWhatTheAnswerTakes() throws IOException {
        MemoryClaim claim = new MemoryClaim(memory);

        byte[] read = claim.read(new ByteArrayInputStream(content(300_000)), -1, MOST);
        assertThat(memory.held()).isEqualTo(ResponseMemory.of(MOST));
        claim.settle(read.length);

        assertThat(memory.held()).isEqualTo(ResponseMemory.of(300_000));
        assertThat(claim.covers(300_000)).isTrue();
        assertThat(claim.release()).isTrue();
        assertThat(claim.release()).isFalse();
        assertThat(memory.held()).isZero();
    }

    @Test
    void waitsUntilAnotherAnswerGivesItsMemoryBack() throws Exception {
        MemoryClaim first = new MemoryClaim(memory);
        first.read(new ByteArrayInputStream(content(MOST)), MOST, MOST);

        CompletableFuture<byte[]> second =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return read(content(20_000), 20_000);
                            } catch (IOException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        while (memory.waiting() == 0) {
            Thread.onSpinWait();
        }
        assertThat(second).isNotDone();
        first.release();

        assertThat(second.get(10, TimeUnit.SECONDS)).hasSize(20_000);
    }

    @Test
    void keepsNothingThatIsClaimedAfterItsLookupIsOver() throws IOException {
        MemoryClaim claim = new MemoryClaim(memory);
        claim.release();

        claim.read(new ByteArrayInputStream(content(20_000)), 20_000, MOST);

        assertThat(memory.held()).isZero();
    }

    private byte[] read(byte[] content, long announced) throws IOException {
        MemoryClaim claim = new MemoryClaim(memory);
        try {
            return claim.read(new ByteArrayInputStream(content), announced, MOST);
        } finally {
            claim.release();
        }
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }
}
