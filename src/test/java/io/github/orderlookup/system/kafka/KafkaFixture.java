package io.github.orderlookup.system.kafka;

import io.github.orderlookup.system.Asker;
import io.github.orderlookup.system.RunningService;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A service and who asks it, for the tests of one class. */
final class KafkaFixture implements BeforeAllCallback, AfterAllCallback {

    private final UnaryOperator<RunningService.Builder> settings;
    private @Nullable RunningService service;
    private @Nullable Asker asker;

    KafkaFixture(UnaryOperator<RunningService.Builder> settings) {
        this.settings = settings;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        service = settings.apply(RunningService.builder()).start();
        asker = new Asker(service);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (asker != null) {
            asker.close();
        }
        if (service != null) {
            service.close();
        }
    }

    RunningService service() {
        return Objects.requireNonNull(service, "not started");
    }

    Asker asker() {
        return Objects.requireNonNull(asker, "not started");
    }
}
