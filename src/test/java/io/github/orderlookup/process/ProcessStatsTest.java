package io.github.orderlookup.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class ProcessStatsTest {

    /** Above the most that Linux gives out. */
    private static final long NOBODY = 1L << 23;

    private final long own = ProcessHandle.current().pid();

    @Test
    void countsTheCompilersAsAPartOfTheProcess() {
        double compilers = ProcessStats.compilerSeconds(own);

        assertThat(compilers).isPositive().isLessThan(ProcessStats.of(own).cpuSeconds());
    }

    @Test
    void saysThatThereIsNoSuchProcess() {
        assertThatThrownBy(() -> ProcessStats.of(NOBODY)).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> ProcessStats.compilerSeconds(NOBODY))
                .isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> ProcessStats.residentMebibytes(NOBODY))
                .isInstanceOf(UncheckedIOException.class);
    }
}
