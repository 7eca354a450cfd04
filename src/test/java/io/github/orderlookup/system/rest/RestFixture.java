package io.github.orderlookup.system.rest;

import io.github.orderlookup.simulator.Simulator;
import io.github.orderlookup.system.RunningService;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A service without Kafka that gets an answer for any order id, for the tests of one class. */
public final class RestFixture implements BeforeAllCallback, AfterAllCallback {

    private final UnaryOperator<RunningService.Builder> settings;
    private @Nullable RunningService service;

    public RestFixture(UnaryOperator<RunningService.Builder> settings) {
        this.settings = settings;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        service =
                settings.apply(
                                RunningService.builder()
                                        .withoutKafka()
                                        .simulator(Simulator.builder().anyOrder()))
                        .start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (service != null) {
            service.close();
        }
    }

    public RunningService service() {
        return Objects.requireNonNull(service, "not started");
    }

    public Simulator simulator() {
        return service().simulator();
    }

    public RawHttp http() {
        return new RawHttp(service().rest());
    }
}
