package io.github.orderlookup.rest;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.orderlookup.settings.RestSettings;
import io.github.orderlookup.supervision.Supervisor;
import io.github.orderlookup.supervision.Worker;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509ExtendedKeyManager;
import org.apache.camel.CamelContext;
import org.apache.camel.Service;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.component.platform.http.main.DefaultMainHttpServerFactory;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.HttpManagementServerConfigurationProperties;
import org.apache.camel.main.HttpServerConfigurationProperties;
import org.apache.camel.main.MainHttpServerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The two HTTP servers of our own main: the REST endpoint and management. Each has threads of its
 * own, bounds of its own and its own {@link HostRule}, so that nothing at the one holds up the
 * other.
 *
 * <p>Camel makes both on the one Vert.x that it finds in the registry, as it is about to make each;
 * so that is where the right one is put.
 */
public final class HttpServers implements MainHttpServerFactory {

    private static final String FACTORY = "order-lookup-http-servers";
    private static final String VERTX = "order-lookup-vertx";

    /** Connections to the REST endpoint beyond the requests that may wait. */
    private static final int SPARE_CONNECTIONS = 8_192;

    /** How often slow callers are looked for. */
    private static final long TICK_MILLIS = 250;

    /** An event loop that has not turned for so long is stuck. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int MANAGEMENT_CONNECTIONS = 256;

    /** Threads that begin the work for a request; none waits for anything. */
    private static final int REST_THREADS = 16;

    private static final int MANAGEMENT_THREADS = 4;

    private final DefaultMainHttpServerFactory camel = new DefaultMainHttpServerFactory();
    private final RestSettings rest;
    private final @Nullable X509ExtendedKeyManager key;
    private final Clock clock;
    private final ResponseWriter writer;

    private HttpServers(RestSettings rest, @Nullable X509ExtendedKeyManager key, Clock clock) {
        this.rest = rest;
        this.key = key;
        this.clock = clock;
        this.writer = ResponseWriter.ofThisHeap(clock);
    }

    /**
     * Makes Camel Main take its HTTP servers from here.
     *
     * @param key of the REST endpoint; null when it does not speak TLS
     * @param clock monotonic
     */
    public static void install(
            CamelContext context,
            RestSettings rest,
            @Nullable X509ExtendedKeyManager key,
            Clock clock) {
        HttpServers servers = new HttpServers(rest, key, clock);
        context.getRegistry().bind(FACTORY, MainHttpServerFactory.class, servers);
        context.getRegistry()
                .bind(
                        PlatformHttpConstants.PLATFORM_HTTP_ENGINE_NAME,
                        PlatformHttpEngine.class,
                        new RestEngine(servers.writer));
    }

    /**
     * Checks that the servers have started.
     *
     * @throws IllegalStateException when one does not listen: its port is taken
     */
    public static void requireListening(CamelContext context) {
        context.getRegistry().findByType(VertxPlatformHttpRouter.class).stream()
                .map(router -> router.getServer().getServer())
                .filter(server -> !HardenedVertx.isListening(server))
                .findAny()
                .ifPresent(
                        server -> {
                            throw new IllegalStateException(
                                    "An HTTP server of order-lookup could not listen: is its port"
                                            + " taken? See order-lookup.rest.port and"
                                            + " camel.management.port.");
                        });
    }

    @Override
    public Service newHttpServer(
            CamelContext context, HttpServerConfigurationProperties configuration) {
        configuration
                .withHost(rest.host())
                .withPort(rest.port())
                .withMaxBodySize(HttpErrors.MAX_BODY)
                .withFileUploadEnabled(false)
                .withUseGlobalSslContextParameters(rest.tls() != null);
        String scheme = rest.tls() == null ? "http" : "https";
        HostRule rule = HostRule.of(rest.host(), rest.asksForKey(), scheme);
        Connections connections = new Connections(restConnections(), clock);
        use(
                context,
                "rest-server",
                vertx(REST_THREADS),
                rule,
                connections,
                key,
                List.of(connections::closeOverdue, writer::cutOffOverdue));
        return camel.newHttpServer(context, configuration);
    }

    @Override
    public Service newHttpManagementServer(
            CamelContext context, HttpManagementServerConfigurationProperties configuration) {
        configuration.setUseGlobalSslContextParameters(false);
        HostRule rule = HostRule.of(configuration.getHost(), false, "http");
        Connections connections = new Connections(MANAGEMENT_CONNECTIONS, clock);
        use(
                context,
                "management-server",
                vertx(MANAGEMENT_THREADS),
                rule,
                connections,
                null,
                List.of(connections::closeOverdue));
        return camel.newHttpManagementServer(context, configuration);
    }

    private static void use(
            CamelContext context,
            String name,
            Vertx vertx,
            HostRule rule,
            Connections connections,
            @Nullable X509ExtendedKeyManager key,
            List<Runnable> onTick) {
        Optional<Supervisor> supervisor =
                Optional.ofNullable(
                        context.getRegistry()
                                .lookupByNameAndType(Supervisor.NAME, Supervisor.class));
        supervisor.ifPresent(known -> vertx.exceptionHandler(e -> known.onError("The " + name, e)));
        Optional<Worker> worker = supervisor.map(known -> known.worker(name, PATIENCE));
        vertx.setPeriodic(
                TICK_MILLIS,
                tick -> {
                    onTick.forEach(Runnable::run);
                    worker.ifPresent(Worker::progress);
                });
        context.getRegistry()
                .bind(VERTX, Vertx.class, HardenedVertx.of(vertx, rule, connections, key));
    }

    /** One event loop, on which a server and the checks of its callers run. */
    private static Vertx vertx(int threads) {
        // No file is served from the class path: no directory for temporary files is needed.
        FileSystemOptions noFiles =
                new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false);
        return Vertx.vertx(
                new VertxOptions()
                        .setWorkerPoolSize(threads)
                        .setEventLoopPoolSize(1)
                        .setFileSystemOptions(noFiles));
    }

    /** At most half of the files that the process may open. */
    private int restConnections() {
        long wanted = (long) rest.maxWaiting() + SPARE_CONNECTIONS;
        return (int) Math.min(wanted, Math.max(64, maxOpenFiles() / 2));
    }

    private static long maxOpenFiles() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount()
                : Integer.MAX_VALUE;
    }
}
