package io.github.orderlookup.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineTest {

    @ParameterizedTest
    @CsvSource({
        "file:/opt/order-lookup.jar, false",
        "file:/opt/a!b/order-lookup.jar, false",
        "file:/opt/!/order-lookup.jar, true",
        "file:/opt/a!/b/order-lookup.jar, true"
    })
    void refusesAJarFromWhereNoResourceCanBeLoaded(String location, boolean refused) {
        assertThat(Machine.refusesJar(location).isPresent()).isEqualTo(refused);
    }

    @Test
    void readsVariablesAsUtf8WhateverJavaMadeOfThem(@TempDir Path directory) throws IOException {
        Path bytes = directory.resolve("environ");
        Files.write(bytes, "A=gr\u00fcn\0B=b\0C=x=\u20ac\0".getBytes(StandardCharsets.UTF_8));

        Map<String, String> variables =
                Environment.read(Map.of("A", "gr\ufffd\ufffdn", "B", "b", "C", "x=?"), bytes);

        assertThat(variables)
                .containsOnly(
                        Map.entry("A", "gr\u00fcn"),
                        Map.entry("B", "b"),
                        Map.entry("C", "x=\u20ac"));
    }

    @Test
    void takesVariablesAsJavaHasThemWhereTheirBytesAreNotToBeHad() {
        Map<String, String> ofJava = Map.of("A", "gr\u00fcn");

        assertThat(Environment.read(ofJava, Path.of("no-such-file"))).isEqualTo(ofJava);
    }
}
