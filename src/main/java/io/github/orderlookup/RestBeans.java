package io.github.orderlookup;

import io.github.orderlookup.reload.FileValue;
import io.github.orderlookup.reload.FileWatch;
import io.github.orderlookup.rest.ApiKeys;
import io.github.orderlookup.rest.RestDescription;
import io.github.orderlookup.rest.RestHeaders;
import io.github.orderlookup.rest.RestRequests;
import io.github.orderlookup.rest.RestResponses;
import io.github.orderlookup.rest.console.ConsoleStats;
import io.github.orderlookup.rest.console.OrderResponses;
import io.github.orderlookup.rest.console.RestConsole;
import io.github.orderlookup.route.LookupValue;
import io.github.orderlookup.route.Step;
import io.github.orderlookup.settings.RestSettings;
import io.github.orderlookup.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** The beans of the REST endpoint and of the console. */
final class RestBeans {

    private RestBeans() {}

    /**
     * Binds the beans.
     *
     * @param watched gets the file of the API keys, if there is one
     */
    static void bind(Common common, FileWatch watched) {
        RestSettings settings = common.settings().rest();
        ApiKeys keys = apiKeys(settings, watched);
        RestRequests requests =
                new RestRequests(keys, settings.maxWaiting(), common.tracing(), common.clock());
        common.bind("order-lookup-open-rest-request", new Step(requests::open));
        RestResponses responses = new RestResponses(common.meters());
        common.bind("order-lookup-compose-response", new Step(responses::compose));
        common.camel().addLifecycleStrategy(new RestHeaders.OnOurEndpoint());
        if (common.isDescribed()) {
            RestDescription description = new RestDescription(keys);
            common.bind("order-lookup-compose-description", new Step(description::compose));
        }
        if (settings.console()) {
            bindConsole(common, keys, responses);
        }
        common.measurement().add(meters -> meters.watch(requests));
    }

    private static void bindConsole(Common common, ApiKeys keys, RestResponses responses) {
        RestConsole console = new RestConsole(keys, figures(common.host()));
        common.bind("order-lookup-compose-page", new Step(console::page));
        common.bind("order-lookup-compose-file", new Step(console::file));
        common.bind(
                "order-lookup-compose-console-response",
                new Step(new OrderResponses(responses)::compose));
        common.bind(
                "order-lookup-attempts",
                new LookupValue(lookup -> Integer.toString(lookup.attempts())));
    }

    private static ApiKeys apiKeys(RestSettings settings, FileWatch watched) {
        if (settings.apiKeysFile() == null) {
            return new ApiKeys(settings.apiKeys());
        }
        FileValue<List<Secret>> file = ApiKeys.file(settings.apiKeysFile());
        watched.add(file, () -> {});
        return new ApiKeys(file);
    }

    /** The values of the meters for the console, if Micrometer is there. */
    private static Supplier<byte[]> figures(HostContext host) {
        return host.hasMicrometer()
                ? new ConsoleStats(host.camel())
                : () -> "{\"figures\": []}".getBytes(StandardCharsets.UTF_8);
    }
}
