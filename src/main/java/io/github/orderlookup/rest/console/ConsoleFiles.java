package io.github.orderlookup.rest.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of the console: our own, and the two of Swagger UI that the API page needs. Each is
 * read once, since requests are routed on the event loop.
 */
final class ConsoleFiles {

    private static final String OURS = "/order-lookup/console/";
    private static final String SWAGGER_UI = "/META-INF/resources/webjars/swagger-ui/";
    private static final String SWAGGER_UI_POM =
            "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
    private static final Set<String> OF_SWAGGER_UI =
            Set.of("swagger-ui-bundle.js", "swagger-ui.css");
    private static final Pattern NAME = Pattern.compile("[a-z-]+[.](html|css|js|svg)");
    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "svg", "image/svg+xml");

    private static final Map<String, byte[]> CONTENTS = new ConcurrentHashMap<>();

    private ConsoleFiles() {}

    /** The media type that goes with the ending of a name; empty for a name that no file has. */
    static Optional<String> type(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.ofNullable(TYPES.get(matcher.group(1)))
                : Optional.empty();
    }

    /** What is in a file; null when there is none of this name. */
    static byte @Nullable [] read(String name) {
        if (!NAME.matcher(name).matches()) {
            return null;
        }
        return CONTENTS.computeIfAbsent(
                name,
                file -> content(OF_SWAGGER_UI.contains(file) ? swaggerUi(file) : OURS + file));
    }

    /** The directory of the files is called after the version of the library. */
    private static String swaggerUi(String name) {
        Properties library = new Properties();
        try (InputStream in = ConsoleFiles.class.getResourceAsStream(SWAGGER_UI_POM)) {
            if (in != null) {
                library.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Swagger UI is unreadable", e);
        }
        return SWAGGER_UI + library.getProperty("version", "none").strip() + "/" + name;
    }

    private static byte @Nullable [] content(String resource) {
        try (InputStream in = ConsoleFiles.class.getResourceAsStream(resource)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " is unreadable", e);
        }
    }
}
