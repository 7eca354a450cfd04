package io.github.orderlookup.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Published Orders, where they lie beside the project; set {@code shared.samples} to their folder.
 */
class SharedSamplesTest {

    private static final Path FOLDER =
            Path.of(System.getProperty("shared.samples", "../shared/samples"), "orders");
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    @TestFactory
    Stream<DynamicTest> writesEveryTokenOfThePublishedOrder() {
        List<Path> files = OrderFiles.in(FOLDER);
        assumeFalse(files.isEmpty(), "no published Orders");
        return files.stream()
                .map(
                        file ->
                                DynamicTest.dynamicTest(
                                        file.getFileName().toString(),
                                        () -> writesEveryToken(OrderFiles.bytes(file))));
    }

    private static void writesEveryToken(byte[] document) throws Exception {
        InputStream marked =
                new SequenceInputStream(
                        new ByteArrayInputStream(BYTE_ORDER_MARK),
                        new ByteArrayInputStream(document));

        Order order = OrderJson.mapper().readValue(marked, Order.class);

        assertThat(order).isEqualTo(OrderJson.read(document));
        assertThat(JsonTokens.of(OrderJson.write(order))).isEqualTo(JsonTokens.of(document));
    }
}
