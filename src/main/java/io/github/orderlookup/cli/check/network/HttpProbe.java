package io.github.orderlookup.cli.check.network;

import io.github.orderlookup.classification.UpstreamResponse;
import io.github.orderlookup.http.HttpTransport;
import io.github.orderlookup.lookup.HeaderNames;
import io.github.orderlookup.network.WayOut;
import io.github.orderlookup.partnercenter.PartnerCenterRequest;
import io.github.orderlookup.settings.PartnerCenterSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/**
 * Sends one GET to each host over the HTTP transport of the service: through the same proxy,
 * without redirects or retries.
 */
public final class HttpProbe {

    /** The id of no tenant. */
    private static final String NO_CUSTOMER = "00000000-0000-0000-0000-000000000000";

    private static final String NO_ORDER = "order-lookup-check";
    private static final int LARGEST_BODY = 1 << 20;

    private final PartnerCenterSettings settings;
    private final WayOut wayOut;
    private final Clock clock;

    /**
     * @param wayOut leads to both hosts
     */
    public HttpProbe(PartnerCenterSettings settings, WayOut wayOut, Clock clock) {
        this.settings = settings;
        this.wayOut = wayOut;
        this.clock = clock;
    }

    /**
     * A response with the moments between which it was made.
     *
     * @param sent by our clock
     * @param received by our clock
     */
    public record Timed(UpstreamResponse response, Instant sent, Instant received) {}

    /** The public metadata of the tenant at the login host; empty without a response. */
    public Optional<Timed> loginHost() {
        String path = "/" + settings.tenantId() + "/v2.0/.well-known/openid-configuration";
        return send(new HttpGet(settings.loginUrl().resolve(path)));
    }

    /**
     * The answer of the API for an order that does not exist; empty without a response. The headers
     * are those of the route {@code order-lookup-attempt} and of the service's HTTP client.
     */
    Optional<Timed> api(String token) {
        String query = PartnerCenterRequest.query(settings);
        String path = "/v1/customers/" + NO_CUSTOMER + "/orders/" + NO_ORDER;
        HttpGet request =
                new HttpGet(
                        URI.create(settings.apiUrl() + path + (query == null ? "" : "?" + query)));
        request.setHeader("Authorization", "Bearer " + token);
        request.setHeader("Accept", "application/json");
        request.setHeader("Accept-Encoding", "gzip");
        request.setHeader(HeaderNames.REQUEST_ID, UUID.randomUUID().toString());
        request.setHeader(HeaderNames.CORRELATION_ID, UUID.randomUUID().toString());
        request.setHeader(HeaderNames.CONTRACT_VERSION, "v1");
        request.setHeader(HeaderNames.LOCALE, settings.locale());
        if (settings.applicationName() != null) {
            request.setHeader(HeaderNames.APPLICATION, settings.applicationName());
        }
        return send(request);
    }

    private Optional<Timed> send(HttpGet request) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try (HttpTransport transport =
                        new HttpTransport(settings, wayOut, 1, PartnerCenterRequest.ON_THE_WIRE);
                CloseableHttpClient client =
                        transport.singleUseClient(
                                settings.responseTimeout(), LARGEST_BODY, timer)) {
            Instant sent = clock.instant();
            UpstreamResponse response = client.execute(request, HttpProbe::response);
            return Optional.of(new Timed(response, sent, clock.instant()));
        } catch (IOException e) {
            return Optional.empty();
        } finally {
            timer.shutdownNow();
        }
    }

    private static UpstreamResponse response(ClassicHttpResponse response) throws IOException {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Header header : response.getHeaders()) {
            headers.computeIfAbsent(header.getName(), name -> new ArrayList<>())
                    .add(header.getValue());
        }
        byte[] body =
                response.getEntity() == null
                        ? new byte[0]
                        : EntityUtils.toByteArray(response.getEntity());
        return new UpstreamResponse(response.getCode(), headers, body);
    }
}
