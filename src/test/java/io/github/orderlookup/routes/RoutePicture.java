package io.github.orderlookup.routes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The routes as a Mermaid flow chart: a box for each, an arrow for each way out of it. */
final class RoutePicture {

    /** The schemes of endpoints that lead to another route. */
    private static final Set<String> TO_ROUTES = Set.of("direct", "order-lookup-dispatch");

    private static final Map<String, String> SYSTEMS =
            Map.of("order-lookup-kafka", "Kafka", "order-lookup-http", "Partner Center");

    private final StringBuilder boxes = new StringBuilder();
    private final Set<String> arrows = new LinkedHashSet<>();
    private final Map<String, String> outside = new LinkedHashMap<>();

    static String ofAll() {
        RoutePicture picture = new RoutePicture();
        RouteFile.all().forEach(picture::add);
        return picture.text();
    }

    private void add(RouteFile file) {
        if (file.items("route").isEmpty()) {
            return;
        }
        boxes.append("  subgraph %s[\"%s\"]\n".formatted(id(file.toString()), file));
        file.items("route").forEach(this::add);
        boxes.append("  end\n");
        file.items("rest").forEach(this::addRest);
    }

    private void add(JsonNode route) {
        String id = route.path("id").asText();
        boxes.append(
                "    %s[\"<b>%s</b><br/>%s\"]\n"
                        .formatted(id, id, route.path("description").asText()));
        String from = route.at("/from/uri").asText();
        if (from.startsWith("direct:")) {
            String name = from.substring("direct:".length());
            if (name.equals("order-lookup")) {
                arrows.add("host([\"routes of a host\"]) -->|" + from + "| " + id);
            }
        } else {
            arrows.add(system(from) + " --> " + id);
        }
        RouteFile.stepsIn(route.path("from")).forEach(step -> add(id, step));
    }

    private void add(String route, RouteFile.Step step) {
        String to =
                switch (step.kind()) {
                    case "to" -> step.options().path("uri").asText();
                    case "enrich" -> step.options().at("/expression/constant/expression").asText();
                    default -> "";
                };
        String[] parts = to.split(":", 2);
        if (TO_ROUTES.contains(parts[0])) {
            arrows.add("%s -->|%s| %s".formatted(route, step.id(), parts[1]));
        } else if (!to.isEmpty()) {
            arrows.add("%s -->|%s| %s".formatted(route, step.id(), system(to)));
        }
    }

    private void addRest(JsonNode rest) {
        rest.path("get")
                .forEach(
                        get ->
                                arrows.add(
                                        "%s --> %s"
                                                .formatted(
                                                        "http([\"GET "
                                                                + rest.path("path").asText()
                                                                + get.path("path").asText()
                                                                + "\"])",
                                                        get.at("/to/uri")
                                                                .asText()
                                                                .substring("direct:".length()))));
    }

    /** What is outside of this process, one box for each address. */
    private String system(String uri) {
        String scheme = uri.substring(0, uri.indexOf(':'));
        String name = SYSTEMS.getOrDefault(scheme, scheme);
        String rest = uri.substring(uri.indexOf(':') + 1).replace("{{", "").replace("}}", "");
        return outside.computeIfAbsent(
                uri, unused -> "%s([\"%s<br/>%s\"])".formatted(id(rest), name, rest));
    }

    private static String id(String text) {
        return text.replaceAll("[^A-Za-z0-9]+", "_");
    }

    private String text() {
        StringBuilder text = new StringBuilder("flowchart TD\n").append(boxes);
        arrows.forEach(arrow -> text.append("  ").append(arrow).append('\n'));
        return text.toString();
    }
}
