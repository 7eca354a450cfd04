package io.github.orderlookup.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.CamelContext;
import org.apache.camel.component.micrometer.eventnotifier.MicrometerRouteEventNotifier;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;

class ServiceMainTest {

    /** An event for each step of each lookup would cost a twentieth of its processor time. */
    @Test
    void countsRoutesButNoticesNoExchange() throws Exception {
        Main main = ServiceMain.create();
        ServiceMain.measure(main);
        main.addInitialProperty("camel.management.enabled", "false");
        main.addInitialProperty("camel.main.routes-include-pattern", "false");
        main.start();
        try {
            CamelContext context = main.getCamelContext();
            assertThat(context.getManagementStrategy().getEventNotifiers())
                    .hasAtLeastOneElementOfType(MicrometerRouteEventNotifier.class);
            assertThat(context.getCamelContextExtension().isEventNotificationApplicable())
                    .isFalse();
        } finally {
            main.stop();
        }
    }
}
