package io.github.orderlookup.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class VisibleOutputTest {

    private static final String TEXT = "{\"a\":\"ü😀\u202e\u009b\u001b\"}\tok\n";
    private static final String VISIBLE = "{\"a\":\"ü😀\\u202e\\u009b\\u001b\"}\tok\n";

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream output = VisibleOutput.over(new PrintStream(written, true, UTF_8));

    @Test
    void escapesTextsThatAreWrittenAsAWhole() {
        output.print(TEXT);
        output.writeBytes(TEXT.getBytes(UTF_8));

        assertThat(written.toString(UTF_8)).isEqualTo(VISIBLE + VISIBLE);
    }

    @Test
    void escapesTextsThatAreWrittenByteForByte() {
        for (byte next : TEXT.getBytes(UTF_8)) {
            output.write(next);
        }
        output.flush();

        assertThat(written.toString(UTF_8)).isEqualTo(VISIBLE);
    }

    @Test
    void replacesWhatIsNotUtf8() {
        output.writeBytes(new byte[] {'a', (byte) 0x9B, 'b', '\n'});

        assertThat(written.toString(UTF_8)).isEqualTo("a\uFFFDb\n");
    }
}
