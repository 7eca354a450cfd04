package io.github.orderlookup.cli.check;

import io.github.orderlookup.classification.UpstreamResponse;
import io.github.orderlookup.lookup.HeaderNames;
import io.github.orderlookup.settings.PartnerCenterSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** One harmless GET to each host, without redirects and without a retry. */
final class HttpProbe {

    /** Nobody's tenant. */
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private static final String NO_ORDER = "order-lookup-check";

    private final PartnerCenterSettings settings;
    private final Clock clock;

    HttpProbe(PartnerCenterSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * An answer with the moments between which it was made.
     *
     * @param sent by our clock
     * @param received by our clock
     */
    record Timed(UpstreamResponse response, Instant sent, Instant received) {}

    /** What the login host says about the tenant to anybody; empty when it does not answer. */
    Optional<Timed> loginHost() {
        String path = "/" + settings.tenantId() + "/v2.0/.well-known/openid-configuration";
        HttpRequest request =
                HttpRequest.newBuilder(settings.loginUrl().resolve(path))
                        .timeout(settings.responseTimeout())
                        .build();
        return send(request);
    }

    /** What the API says about an order of nobody; empty when it does not answer. */
    Optional<Timed> api(String token) {
        String path = "/v1/customers/" + NOBODY + "/orders/" + NO_ORDER;
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(settings.apiUrl() + path))
                        .timeout(settings.responseTimeout())
                        .header("Authorization", "Bearer " + token)
                        .header("Accept", "application/json")
                        .header(HeaderNames.REQUEST_ID, UUID.randomUUID().toString())
                        .header(HeaderNames.CORRELATION_ID, UUID.randomUUID().toString())
                        .header(HeaderNames.CONTRACT_VERSION, "v1")
                        .header(HeaderNames.LOCALE, settings.locale());
        if (settings.applicationName() != null) {
            request.header(HeaderNames.APPLICATION, settings.applicationName());
        }
        return send(request.build());
    }

    /** Through the proxy of this JVM, as the service does. */
    private Optional<Timed> send(HttpRequest request) {
        HttpClient client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(settings.connectTimeout())
                        .build();
        try {
            Instant sent = clock.instant();
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            UpstreamResponse answer =
                    new UpstreamResponse(
                            response.statusCode(), response.headers().map(), response.body());
            return Optional.of(new Timed(answer, sent, clock.instant()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
