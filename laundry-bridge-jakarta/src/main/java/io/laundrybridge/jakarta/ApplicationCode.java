package io.laundrybridge.jakarta;

import io.laundrybridge.LaundryBridge;
import io.laundrybridge.LaundryBridgeBuilder;
import java.util.List;
import java.util.ServiceLoader;

/** The code with which an application changes its bridge: services, and CDI beans if it has them. */
final class ApplicationCode {
    private final List<LaundryBridgeConfigurer> services;

    private ApplicationCode(List<LaundryBridgeConfigurer> services) {
        this.services = services;
    }

    /** Finds the code that {@code application} loads. */
    static ApplicationCode of(ClassLoader application) {
        return new ApplicationCode(ServiceLoader.load(LaundryBridgeConfigurer.class, application).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /** Returns whether there is a service. */
    boolean hasServices() {
        return !services.isEmpty();
    }

    /** Adds beans of channels, then calls all configurers. */
    void addTo(LaundryBridgeBuilder builder) {
        if (OptionalApis.CDI.isThere()) {
            CdiBeans.ifRunning(beans -> beans.addTo(builder));
        }
        services.forEach(service -> service.configure(builder));
        if (OptionalApis.JWT.isThere()) {
            builder.authenticator(new JsonWebTokenUsers());
        }
    }

    /** Makes {@code bridge} the one that is injected. */
    void built(LaundryBridge bridge) {
        if (OptionalApis.CDI.isThere()) {
            CdiBeans.ifRunning(beans -> beans.inject(bridge));
        }
    }
}
