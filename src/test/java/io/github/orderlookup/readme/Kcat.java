package io.github.orderlookup.readme;

import io.github.orderlookup.broker.TopicClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;

/**
 * As much of kcat as the README uses, for machines without it: {@code -P -b BROKER -t TOPIC [-H
 * NAME=VALUE]...} sends each line that it reads, {@code -C -b BROKER -t TOPIC -o beginning -e [-q]}
 * prints what is there, and waits until something is.
 */
final class Kcat {

    private Kcat() {}

    public static void main(String... arguments) throws IOException {
        List<Header> headers = new ArrayList<>();
        String broker = "";
        String topic = "";
        boolean produce = false;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "-P" -> produce = true;
                case "-C", "-e", "-q" -> {}
                case "-b" -> broker = arguments[++i];
                case "-t" -> topic = arguments[++i];
                case "-o" -> i++;
                case "-H" -> {
                    String[] header = arguments[++i].split("=", 2);
                    headers.add(TopicClient.header(header[0], header[1]));
                }
                default -> throw new IllegalArgumentException(arguments[i] + " is not known");
            }
        }
        try (TopicClient client = new TopicClient(broker)) {
            if (produce) {
                produce(client, topic, headers);
            } else {
                client.await(topic, 1)
                        .forEach(
                                record ->
                                        System.out.println(
                                                new String(
                                                        record.value(), StandardCharsets.UTF_8)));
            }
        }
    }

    private static void produce(TopicClient client, String topic, List<Header> headers)
            throws IOException {
        String input = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        for (String line : input.lines().toList()) {
            client.send(topic, (String) null, line, headers.toArray(Header[]::new));
        }
    }
}
