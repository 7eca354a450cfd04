package io.github.orderlookup.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTest {

    @ParameterizedTest
    @CsvSource({
        "CAMEL, CALLERS, false, false, false, false, false",
        "KAFKA, KAFKA, true, true, false, true, true",
        "REST, CALLERS, false, false, true, false, true",
        "WAITING, KAFKA, true, true, false, true, true"
    })
    void hasItsPolicy(
            Source source,
            Source.Share share,
            boolean waitsForOutageEnd,
            boolean countsCallTimeOnly,
            boolean failsFast,
            boolean isReadAgainAfterStop,
            boolean endsSilentlyWhenCancelled) {
        assertThat(source.share()).isEqualTo(share);
        assertThat(source.waitsForOutageEnd()).isEqualTo(waitsForOutageEnd);
        assertThat(source.countsCallTimeOnly()).isEqualTo(countsCallTimeOnly);
        assertThat(source.failsFast()).isEqualTo(failsFast);
        assertThat(source.isReadAgainAfterStop()).isEqualTo(isReadAgainAfterStop);
        assertThat(source.endsSilentlyWhenCancelled()).isEqualTo(endsSilentlyWhenCancelled);
    }
}
