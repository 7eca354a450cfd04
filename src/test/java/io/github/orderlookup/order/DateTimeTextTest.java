package io.github.orderlookup.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateTimeTextTest {

    @ParameterizedTest
    @CsvSource({
        "2019-04-02T08:15:27.6120493Z, 2019-04-02T08:15:27.612049300Z",
        "2018-09-30T06:41:09.730518Z, 2018-09-30T06:41:09.730518Z",
        "2017-12-11T16:05:48.217-08:00, 2017-12-12T00:05:48.217Z",
        "2017-08-09T18:22:54.090-07:00, 2017-08-10T01:22:54.090Z",
        "2019-11-08T11:52:17.06+00:00, 2019-11-08T11:52:17.060Z",
        "2018-07-03T09:12:30.5+02:00, 2018-07-03T07:12:30.500Z",
        "2023-02-01T00:00:00Z, 2023-02-01T00:00:00Z",
        "2023-05-25T04:03:02+00:00, 2023-05-25T04:03:02Z"
    })
    void namesAMomentToItsLastDigit(String text, Instant moment) {
        DateTimeText date = new DateTimeText(text);

        assertThat(date.toOffsetDateTime()).map(OffsetDateTime::toInstant).hasValue(moment);
        assertThat(date).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2020-12-24",
                "2020-12-24 18:00",
                "2020-12-24T18:00:00",
                "2021-02-29T00:00:00Z",
                "2015-10-08T21: 53: 18.83-07: 00",
                "2020-12-24T18:00:60Z",
                "2020-12-24T18:00:00.1234567890Z",
                "-999999999999-01-01T00:00:00Z",
                "+999999999-12-31T23:59:59-18:00Z"
            })
    void namesNoMomentInOtherTexts(String text) {
        assertThat(new DateTimeText(text).toOffsetDateTime()).isEmpty();
    }
}
