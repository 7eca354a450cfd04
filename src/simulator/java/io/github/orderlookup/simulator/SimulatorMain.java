package io.github.orderlookup.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The simulator as a process of its own; {@code --help} lists its options. Runs until SIGTERM. */
public final class SimulatorMain {

    private SimulatorMain() {}

    public static void main(String... arguments) throws IOException {
        if (arguments.length == 2 && arguments[0].equals("--class-cache")) {
            ClassCacheCommand.run(Path.of(arguments[1]));
            return;
        }
        SimulatorArguments read;
        try {
            read = SimulatorArguments.read(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(64);
            return;
        }
        if (read.help()) {
            System.out.print(SimulatorArguments.HELP);
            return;
        }
        run(read);
    }

    private static void run(SimulatorArguments arguments) throws IOException {
        Simulator simulator;
        try {
            simulator = arguments.start();
        } catch (IllegalStateException | UncheckedIOException e) {
            System.err.println("The simulator cannot start: " + e.getMessage());
            System.exit(1);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
        System.out.print(description(simulator, trustStore(arguments)));
        System.out.flush();
    }

    private static Path trustStore(SimulatorArguments arguments) throws IOException {
        Path own = Simulator.trustStore();
        Path wanted = arguments.trustStore();
        if (wanted == null) {
            return own;
        }
        Files.createDirectories(wanted.toAbsolutePath().getParent());
        return Files.copy(own, wanted, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String description(Simulator simulator, Path trustStore) {
        return """
                Partner Center: %s
                Entra ID:       %s
                Orders:         %d

                partner-center.api-url=%s
                partner-center.login-url=%s
                partner-center.tenant-id=%s
                partner-center.client-id=%s
                partner-center.client-secret=%s
                # with partner-center.auth-mode=app-user also:
                # partner-center.refresh-token=%s

                Trusted by a JVM with -Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=changeit

                Ready.
                """
                .formatted(
                        simulator.apiUrl(),
                        simulator.loginUrl(),
                        simulator.orders().size(),
                        simulator.apiUrl(),
                        simulator.loginUrl(),
                        Simulator.TENANT_ID,
                        Simulator.CLIENT_ID,
                        Simulator.CLIENT_SECRET,
                        Simulator.REFRESH_TOKEN,
                        trustStore);
    }
}
