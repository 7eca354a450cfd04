package io.github.orderlookup.cli.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrowserTest {

    @ParameterizedTest
    @CsvSource({
        "Linux,          xdg-open",
        "FreeBSD,        xdg-open",
        "Mac OS X,       open",
        "Windows 11,     rundll32",
        "'',             xdg-open",
    })
    void usesTheProgramOfTheSystemWithTheAddressAsOneArgument(String system, String program) {
        URI address = URI.create("https://login.example/authorize?a=b&c=%22%26calc");

        assertThat(Browser.command(system, address))
                .startsWith(program)
                .endsWith(address.toString());
    }
}
