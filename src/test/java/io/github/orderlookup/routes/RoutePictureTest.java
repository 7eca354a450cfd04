package io.github.orderlookup.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The picture in {@code docs/architecture.md} is that of the routes as they are. {@code mvn
 * test-compile surefire:test -Dtest=RoutePictureTest -Droutes.picture=draw} draws it anew.
 */
class RoutePictureTest {

    private static final Path PAGE = Path.of("docs", "architecture.md");
    private static final Pattern DRAWN = Pattern.compile("```mermaid\n(.*?)```", Pattern.DOTALL);

    @Test
    void isDrawnFromTheRoutesAsTheyAre() throws IOException {
        String page = Files.readString(PAGE);
        Matcher drawn = DRAWN.matcher(page);
        assertThat(drawn.find()).isTrue();
        String picture = RoutePicture.ofAll();
        if ("draw".equals(System.getProperty("routes.picture"))) {
            Files.writeString(
                    PAGE,
                    page.substring(0, drawn.start(1)) + picture + page.substring(drawn.end(1)));
            return;
        }

        assertThat(drawn.group(1)).as("draw it anew with -Droutes.picture=draw").isEqualTo(picture);
    }

    @Test
    void showsEveryRouteAndWhereItLeads() {
        String picture = RoutePicture.ofAll();

        assertThat(RouteFile.allRoutes())
                .extracting(route -> route.path("id").asText())
                .allSatisfy(id -> assertThat(picture).contains("    " + id + "["));
        assertThat(RouteFile.allSteps())
                .filteredOn(step -> step.kind().equals("to"))
                .extracting(RouteFile.Step::id)
                .allSatisfy(id -> assertThat(picture).contains("-->|" + id + "|"));
        assertThat(RouteFile.allRoutes())
                .extracting((JsonNode route) -> route.at("/from/uri").asText())
                .filteredOn(uri -> uri.startsWith("direct:"))
                .allSatisfy(
                        uri ->
                                assertThat(picture)
                                        .containsPattern(
                                                "\\| "
                                                        + uri.substring("direct:".length())
                                                        + "\\n|--> "
                                                        + uri.substring("direct:".length())
                                                        + "\\n"));
    }
}
