package io.github.orderlookup.advisories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AffectedVersionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    From 4.0.0 before 4.14.8, from 4.15.0 before 4.18.3. ; 4.18.2 ; true
                    From 4.0.0 before 4.14.8, from 4.15.0 before 4.18.3. ; 4.18.3 ; false
                    From 4.0.0 before 4.14.8, from 4.15.0 before 4.18.3. ; 4.14.8 ; false
                    From 4.0.0 before 4.14.8 and from 4.15.0 before 4.18.3 ; 4.15.0 ; true
                    2.9.0 up to 2.9.7, 2.12.0 ; 2.9.7 ; true
                    2.9.0 up to 2.9.7, 2.12.0 ; 2.9.8 ; false
                    2.9.0 up to 2.9.7, 2.12.0 ; 2.12.0 ; true
                    2.9.0 up to 2.9.7, 2.12.0 ; 2.12.1 ; false
                    Camel 4.18.0 through 4.18.2 (4.18.x line). Camel 4.20.0. ; 4.18.2 ; true
                    Camel 4.18.0 through 4.18.2 (4.18.x line). Camel 4.20.0. ; 4.18.4 ; false
                    Camel 4.18.0 through 4.18.2 (4.18.x line). Camel 4.20.0. ; 4.20.0 ; true
                    Camel 4.10.x before 4.10.8, 4.15.0 and 4.16.0. ; 4.10.0 ; true
                    Camel 4.10.x before 4.10.8, 4.15.0 and 4.16.0. ; 4.16.0 ; true
                    2.22.x, 3.0.0 up to 3.1.0 ; 2.22.9 ; true
                    2.22.x, 3.0.0 up to 3.1.0 ; 2.23.0 ; false
                    Apache Camel versions prior to 2.24.0 ; 1.0 ; true
                    Apache Camel versions prior to 2.24.0 ; 2.24.0 ; false
                    4.0.0-M1 up to 4.0.0-M3 ; 4.0.0 ; true
                    From 4.1.0 before 4.1.132 ; 4.1.130.Final ; true
                    From 4.1.0 before 4.1.132 ; 4.1.132.Final ; false
                    From 1.0 before 1.11.1 ; 1.10.3 ; true
                    """)
    void readsWhatIsAffected(String words, String version, boolean affected) {
        assertThat(AffectedVersions.parse(words).contains(version)).isEqualTo(affected);
    }

    @Test
    void refusesWordsWithoutAVersion() {
        assertThatThrownBy(() -> AffectedVersions.parse("All versions"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
