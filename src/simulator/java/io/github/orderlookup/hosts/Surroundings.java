package io.github.orderlookup.hosts;

import io.github.orderlookup.broker.Broker;
import io.github.orderlookup.simulator.Simulator;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the host applications of {@code src/it} talk to: a simulator and a broker, in a process of
 * their own that ends with the Maven that asked for it.
 *
 * <p>Started by Maven, it starts that process and returns as soon as everything serves.
 */
final class Surroundings {

    private static final String READY = "The surroundings are ready.";
    private static final int SECONDS_TO_START = 120;

    private Surroundings() {}

    /** Arguments: log file, port of the API, of the login host and of the broker, topics. */
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("serve")) {
            serve(Arrays.asList(arguments).subList(1, arguments.length));
        } else {
            startServing(Path.of(arguments[0]), arguments);
        }
    }

    private static void startServing(Path log, String... arguments) throws Exception {
        Files.createDirectories(log.toAbsolutePath().getParent());
        Files.deleteIfExists(log);
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-classpath"));
        command.add(System.getProperty("java.class.path"));
        command.addAll(List.of(Surroundings.class.getName(), "serve", "" + maven()));
        command.addAll(Arrays.asList(arguments).subList(1, arguments.length));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .redirectInput(new File("/dev/null"))
                        .start();
        awaitReady(process, log);
    }

    private static void awaitReady(Process process, Path log) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_START);
        while (!Files.readString(log).contains(READY)) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                process.destroy();
                throw new IOException("Not started, see " + log + ":\n" + Files.readString(log));
            }
        }
    }

    private static long maven() {
        return ProcessHandle.current().parent().orElseThrow().pid();
    }

    private static void serve(List<String> arguments) {
        ProcessHandle maven = ProcessHandle.of(Long.parseLong(arguments.get(0))).orElseThrow();
        try (Simulator simulator =
                        Simulator.builder()
                                .http()
                                .anyOrder()
                                .apiPort(Integer.parseInt(arguments.get(1)))
                                .loginPort(Integer.parseInt(arguments.get(2)))
                                .start();
                Broker broker = Broker.start(Integer.parseInt(arguments.get(3)))) {
            arguments.stream().skip(4).forEach(topic -> broker.createTopic(topic, 1));
            System.out.println(simulator.apiUrl() + " " + broker.bootstrapServers());
            System.out.println(READY);
            maven.onExit().join();
        }
    }
}
