package io.github.orderlookup.system.security;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * The names of the headers that steer Camel's components, taken from the constants of those on the
 * class path, the names that Camel gives them in later versions, and the names of our path
 * parameters and properties.
 */
public final class ControlHeaders {

    /** An address where nobody listens, and that no call may try. */
    public static final String EVIL = "http://127.0.0.1:9/evil";

    private static final List<String> MORE =
            List.of(
                    "customerId",
                    "orderId",
                    "customer-tenant-id",
                    "id-for-order",
                    "CamelKafkaOverrideTopic",
                    "CamelKafkaOverrideTimestamp",
                    "CamelKafkaPartitionKey",
                    "CamelKafkaPartition",
                    "CamelKafkaKey",
                    "CamelKafkaTopic",
                    "CamelRestHttpUri",
                    "CamelRestHttpQuery",
                    "CamelRestHttpMethod",
                    "CamelHttpHost",
                    "CamelHttpPort",
                    "CamelHttpProtocolVersion",
                    "CamelBeanMethodName",
                    "CamelJacksonUnmarshalType",
                    "CamelToEndpoint",
                    "CamelSlipEndpoint",
                    "X-HTTP-Method-Override",
                    "order-lookup",
                    "order-lookup-record",
                    "order-lookup-permit",
                    "order-lookup-substitute",
                    "order-lookup-acknowledged");

    private static final Set<String> NAMES = find();

    private ControlHeaders() {}

    /** Every name once, as Camel spells it. */
    public static Set<String> names() {
        return NAMES;
    }

    /** Ways to spell a name: exact, lower, upper, and mixed case. */
    public static List<UnaryOperator<String>> spellings() {
        return List.of(
                name -> name,
                name -> name.toLowerCase(Locale.ROOT),
                name -> name.toUpperCase(Locale.ROOT),
                ControlHeaders::mixed);
    }

    /** All names in one spelling, each with a value that would do harm. */
    public static Map<String, String> headers(UnaryOperator<String> spelling, String evilTopic) {
        Map<String, String> headers = new LinkedHashMap<>();
        NAMES.forEach(name -> headers.put(spelling.apply(name), value(name, evilTopic)));
        return headers;
    }

    private static String value(String name, String evilTopic) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.contains("topic")) {
            return evilTopic;
        }
        if (lower.contains("partition") || lower.contains("port") || lower.contains("timestamp")) {
            return "1";
        }
        return lower.contains("method") ? "POST" : EVIL;
    }

    private static String mixed(String name) {
        StringBuilder mixed = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            mixed.append(i % 2 == 0 ? Character.toLowerCase(c) : Character.toUpperCase(c));
        }
        return mixed.toString();
    }

    private static Set<String> find() {
        Set<String> names = new TreeSet<>(MORE);
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.getFileName().toString().matches("camel-.*\\.jar"))
                .flatMap(jar -> classes(jar).stream())
                .flatMap(ControlHeaders::constants)
                .filter(text -> text.matches("(?i)(camel|kafka\\.)[a-z0-9._-]{1,60}"))
                .forEach(names::add);
        return names;
    }

    private static List<String> classes(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(ZipEntry::getName)
                    .filter(
                            name ->
                                    name.matches("org/apache/camel/[\\w/]*Constants\\.class")
                                            || name.equals("org/apache/camel/Exchange.class"))
                    .map(name -> name.replace('/', '.').replace(".class", ""))
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> constants(String name) {
        try {
            Class<?> type = Class.forName(name, false, ControlHeaders.class.getClassLoader());
            return Arrays.stream(type.getFields())
                    .filter(field -> Modifier.isStatic(field.getModifiers()))
                    .filter(field -> field.getType() == String.class)
                    .map(ControlHeaders::text);
        } catch (ClassNotFoundException | LinkageError e) {
            return Stream.empty();
        }
    }

    private static String text(Field constant) {
        try {
            return String.valueOf(constant.get(null));
        } catch (IllegalAccessException e) {
            return "";
        }
    }
}
