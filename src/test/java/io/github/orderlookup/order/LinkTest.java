package io.github.orderlookup.order;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.orderlookup.order.json.StrictJson;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkTest {

    private static final URI API = URI.create("https://api.example:8443");

    @ParameterizedTest
    @CsvSource({
        "/customers/c/orders/o, /v1/customers/c/orders/o",
        "customers/c, /v1/customers/c",
        "/v1/offers/x, /v1/offers/x",
        "/v1, /v1",
        "/v10/offers/x, /v1/v10/offers/x",
        "/products/p/skus/s?country=US, /v1/products/p/skus/s?country=US",
        "/a%2Fb?x=%26, /v1/a%2Fb?x=%26",
        "https://api.example:8443/customers/c, /v1/customers/c",
        "HTTPS://API.EXAMPLE:8443/v1/customers/c, /v1/customers/c",
        "/customers/c#fragment, /v1/customers/c"
    })
    void resolvesAgainstTheVersionedApi(String uri, String expected) throws Exception {
        assertThat(link(uri).resolve(API)).hasValue(URI.create(API + expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/customers/c",
                "//evil.example/customers/c",
                "http://api.example:8443/customers/c",
                "https://api.example/customers/c",
                "https://api.example:8443@evil.example/",
                "mailto:someone@example",
                "https:opaque",
                "/subscriptions?key=<key>",
                "/with blank",
                "%"
            })
    void leadsNowhereElse(String uri) throws Exception {
        assertThat(link(uri).resolve(API)).isEmpty();
    }

    @Test
    void leadsNowhereWithoutAUri() throws Exception {
        assertThat(new Link(StrictJson.check("{}".getBytes(UTF_8))).resolve(API)).isEmpty();
    }

    @Test
    void readsHeadersAndBody() throws Exception {
        byte[] document =
                """
                {"links":{"self":{"uri":"/a","method":"POST","body":"b",
                "headers":[{"key":"If-Match","value":"\\"c\\""},null,{}]}}}
                """
                        .getBytes(UTF_8);

        Link link = OrderJson.read(document).links().flatMap(OrderLinks::self).orElseThrow();

        assertThat(link.method()).hasValue("POST");
        assertThat(link.body()).hasValue("b");
        assertThat(link.headers()).hasSize(2);
        assertThat(link.headers().get(0).key()).hasValue("If-Match");
        assertThat(link.headers().get(0).value()).hasValue("\"c\"");
        assertThat(link.headers().get(1).key()).isEmpty();
    }

    private static Link link(String uri) throws Exception {
        String document = JsonNodeFactory.instance.objectNode().put("uri", uri).toString();
        return new Link(StrictJson.check(document.getBytes(UTF_8)));
    }
}
