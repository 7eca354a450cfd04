package io.github.orderlookup.image;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Options of the JVM and environment variables, which win over those of the image. */
record JvmVariant(List<String> options, Map<String, String> environment) {

    /**
     * @param text separated by blanks: what begins with a dash is an option, the others are
     *     NAME=VALUE. Without any it is the image as it is.
     */
    static JvmVariant of(String text) {
        List<String> words = Stream.of(text.split(" ")).filter(word -> !word.isEmpty()).toList();
        return new JvmVariant(
                words.stream().filter(word -> word.startsWith("-")).toList(),
                words.stream()
                        .filter(word -> !word.startsWith("-"))
                        .map(word -> word.split("=", 2))
                        .collect(toMap(pair -> pair[0], pair -> pair[1])));
    }

    List<String> applyTo(List<String> entryPoint) {
        List<String> command = new ArrayList<>(entryPoint);
        command.addAll(command.indexOf("-cp"), options);
        return command;
    }
}
