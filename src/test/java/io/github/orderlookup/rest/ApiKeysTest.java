package io.github.orderlookup.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.orderlookup.settings.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiKeysTest {

    private final ApiKeys keys =
            new ApiKeys(List.of(new Secret("first-key"), new Secret("zweiter-Schlüssel")));

    @ParameterizedTest(name = "Authorization: {0}, X-API-Key: {1}")
    @CsvSource(
            textBlock =
                    """
                    Bearer first-key,            ,
                    bearer first-key,            ,
                    BEARER   first-key,          ,
                    Bearer zweiter-Schlüssel,    ,
                    ,                            first-key
                    ,                            zweiter-Schlüssel
                    Bearer wrong,                first-key
                    Bearer first-key,            wrong
                    Basic dXNlcjpwYXNz,          first-key
                    """)
    void admitsWhoHasOneOfTheKeys(String authorization, String apiKey) {
        assertThat(keys.admit(authorization, apiKey)).isTrue();
    }

    @ParameterizedTest(name = "Authorization: {0}, X-API-Key: {1}")
    @CsvSource(
            textBlock =
                    """
                    ,                            ,
                    '',                          ''
                    Bearer,                      ,
                    'Bearer ',                   ' '
                    Bearer wrong,                wrong
                    first-key,                   ,
                    Basic first-key,             ,
                    Bearerfirst-key,             ,
                    Bearer first-ke,             first-keyy
                    Bearer FIRST-KEY,            First-Key
                    'Bearer first-key,zweiter-Schlüssel', 'first-key,zweiter-Schlüssel'
                    """)
    void refusesEveryoneElse(String authorization, String apiKey) {
        assertThat(keys.admit(authorization, apiKey)).isFalse();
    }

    @Test
    void admitsEveryoneWhenThereAreNoKeys() {
        assertThat(new ApiKeys(List.of()).admit(null, null)).isTrue();
    }
}
