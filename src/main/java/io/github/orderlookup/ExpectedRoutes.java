package io.github.orderlookup;

import io.github.orderlookup.settings.RestSettings;
import io.github.orderlookup.settings.Settings;
import java.util.ArrayList;
import java.util.List;

/** The routes that the settings call for, by their ids. */
public final class ExpectedRoutes {

    private ExpectedRoutes() {}

    /**
     * Their ids, in the order of the route files.
     *
     * @param described whether the REST endpoint answers with its description
     */
    public static List<String> of(Settings settings, boolean described) {
        List<String> routes =
                new ArrayList<>(
                        List.of(
                                "order-lookup",
                                "order-lookup-looks",
                                "order-lookup-request",
                                "order-lookup-attempt"));
        if (settings.kafka().enabled()) {
            routes.addAll(
                    List.of(
                            "order-lookup-kafka",
                            "order-lookup-record",
                            "order-lookup-record-answer",
                            "order-lookup-publish"));
        }
        if (settings.kafka().enabled() && settings.kafka().waitingTopic() != null) {
            routes.addAll(List.of("order-lookup-waiting", "order-lookup-waiting-record"));
        }
        RestSettings rest = settings.rest();
        if (rest.enabled()) {
            routes.add("order-lookup-rest");
        }
        if (described) {
            routes.add("order-lookup-rest-description");
        }
        if (rest.enabled() && rest.console()) {
            routes.addAll(
                    List.of(
                            "order-lookup-rest-console-page",
                            "order-lookup-rest-console-file",
                            "order-lookup-rest-console-order"));
        }
        return List.copyOf(routes);
    }
}
